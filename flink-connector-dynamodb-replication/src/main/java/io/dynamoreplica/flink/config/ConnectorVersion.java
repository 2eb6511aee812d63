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
 * The version of this connector, for logs. The build writes it into a file of this package, and not
 * only into the manifest of the jar: a user's fat jar has a manifest of its own.
 */
@Internal
public final class ConnectorVersion {

    private static final String FILE = "connector.properties";

    /** As Maven names it, such as 0.1.0; {@code unknown} if the file was left out of a fat jar. */
    public static String get() {
        try (InputStream file = ConnectorVersion.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            if (file != null) {
                properties.load(file);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("The connector's own " + FILE + " cannot be read", e);
        }
    }

    private ConnectorVersion() {}
}
