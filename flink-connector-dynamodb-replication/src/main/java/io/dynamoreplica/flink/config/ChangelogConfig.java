/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * Which rows a SQL table makes of changes. A DataStream has no such rows, so this is apart from
 * {@link ReplicationConfig}.
 *
 * @param deletes what a DELETE holds; has no effect if there are none
 * @param appendOnly whether every change is an INSERT
 */
@Internal
public record ChangelogConfig(ChangelogDeletes deletes, boolean appendOnly) {

    /**
     * Reads the two options and ignores all others.
     *
     * @param options as the user wrote them
     * @throws IllegalConfigurationException naming the option, its value and what is allowed
     */
    public static ChangelogConfig parse(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        return new ChangelogConfig(
                reader.value(ReplicationOptions.CHANGELOG_DELETES),
                reader.value(ReplicationOptions.READ_CHANGELOG_AS_APPEND_ONLY));
    }
}
