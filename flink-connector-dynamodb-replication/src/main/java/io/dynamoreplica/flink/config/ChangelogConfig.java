/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * The kinds of rows that a SQL table makes of changes. A DataStream has no such rows, so this is not
 * part of {@link ReplicationConfig}.
 *
 * @param deletes the content of a DELETE; has no effect if the table makes none
 * @param appendOnly whether every change is an INSERT
 */
@Internal
public record ChangelogConfig(ChangelogDeletes deletes, boolean appendOnly) {

    /**
     * Reads the two options and ignores all others.
     *
     * @param options as the user wrote them
     * @throws IllegalConfigurationException if a value is not allowed; the message names the option,
     *     its value and what is allowed
     */
    public static ChangelogConfig parse(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        return new ChangelogConfig(
                reader.value(ReplicationOptions.CHANGELOG_DELETES),
                reader.value(ReplicationOptions.READ_CHANGELOG_AS_APPEND_ONLY));
    }
}
