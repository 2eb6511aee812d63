/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * What the user said of one table.
 *
 * @param name or ARN
 * @param attributes top-level attributes to replicate, in place of a projection expression; empty
 *     for what the options say
 * @param options all that hold for the table, those of its job among them; keys as in {@link
 *     ReplicationOptions} and {@link AwsOptions}
 */
@Internal
public record TableOptions(String name, List<String> attributes, Map<String, String> options) {
    public TableOptions {
        attributes = List.copyOf(attributes);
        options = Map.copyOf(options);
    }
}
