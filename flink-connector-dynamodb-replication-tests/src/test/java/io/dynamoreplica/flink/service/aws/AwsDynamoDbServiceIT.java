/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceContract;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract over DynamoDB Local. */
class AwsDynamoDbServiceIT implements DynamoDbServiceContract {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static DynamoDbService service;

    @BeforeAll
    static void open() {
        service = new AwsDynamoDbServiceFactory().open(Configs.reaching(DYNAMODB.awsOptions()));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Override
    public DynamoDbServiceFixture fixture() {
        return new SdkFixture(service, DYNAMODB.tables());
    }
}
