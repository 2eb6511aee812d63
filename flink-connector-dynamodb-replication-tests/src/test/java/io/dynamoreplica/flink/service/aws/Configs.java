/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import java.util.Map;

/** Configurations for tests that only need the options of AWS. */
final class Configs {

    private Configs() {}

    static JobConfig reaching(Map<String, String> awsOptions) {
        return ReplicationConfigParser.job(awsOptions);
    }
}
