/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.flink.annotation.Internal;

/**
 * The version of this connector, for logs. The build writes it into a file of this package. The
 * manifest of the jar is not enough, because a user's fat jar has a manifest of its own.
 */
@Internal
public final class ConnectorVersion {

    private static final String FILE = "connector.properties";

    /** Returns Maven's version, such as 0.1.0, or {@code unknown} if a fat jar lacks the file. */
    public static String get() {
        try (InputStream file = ConnectorVersion.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("The connector cannot read its own file %s".formatted(FILE), e);
        }
    }

    private ConnectorVersion() {}
}
