/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.config.AwsConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.service.ReplicationException;
import org.apache.flink.annotation.Internal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The factory of services that call DynamoDB, configured by the options that begin with {@code aws.}. */
@Internal
public final class AwsDynamoDbServiceFactory implements DynamoDbServiceFactory {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(AwsDynamoDbServiceFactory.class);

    /**
     * @throws ReplicationException if the clients cannot be created, most often because no region is
     *     set and none is found
     */
    @Override
    public DynamoDbService open(JobConfig job) {
        try {
            return new AwsDynamoDbService(
                    AwsClients.open(AwsConfig.parse(job.aws()), job.reader().concurrentCalls()));
        } catch (SdkException e) {
            LOG.warn("No client for DynamoDB could be set up", e);
            throw new ReplicationException(
                    """
                    No client for DynamoDB could be set up. Check the options that begin with 'aws.', first of all \
                    'aws.region': it must be set here, or be found by the AWS SDK wherever the job runs. (The AWS \
                    SDK says: %s)"""
                            .formatted(e.getMessage()));
        }
    }
}
