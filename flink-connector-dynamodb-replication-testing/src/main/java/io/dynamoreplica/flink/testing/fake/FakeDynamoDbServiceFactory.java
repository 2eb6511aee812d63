/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;

/**
 * A factory that finds a registered account within the same JVM, so that the readers of a
 * MiniCluster and the test share it.
 *
 * @param id of the account
 */
public record FakeDynamoDbServiceFactory(String id) implements DynamoDbServiceFactory {

    @Override
    public DynamoDbService open(JobConfig job) {
        return FakeDynamoDb.registered(id).service();
    }
}
