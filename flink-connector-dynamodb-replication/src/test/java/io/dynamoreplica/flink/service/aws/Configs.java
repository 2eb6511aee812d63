/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations for tests that care for nothing but how AWS is reached. */
final class Configs {

    private Configs() {}

    static ReplicationConfig reaching(Map<String, String> awsOptions) {
        Map<String, String> options = new HashMap<>(awsOptions);
        options.put("table-name", "any-table");
        return ReplicationConfigParser.parse(options, List.of());
    }
}
