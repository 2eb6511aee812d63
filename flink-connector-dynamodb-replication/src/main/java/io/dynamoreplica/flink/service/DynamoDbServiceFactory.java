/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import java.io.Serializable;
import org.apache.flink.annotation.Internal;

/** The factory of services; used once in the enumerator and once in each reader. */
@Internal
@FunctionalInterface
public interface DynamoDbServiceFactory extends Serializable {

    /** Opens a service, which the caller closes. Makes no call to DynamoDB. */
    DynamoDbService open(JobConfig job);
}
