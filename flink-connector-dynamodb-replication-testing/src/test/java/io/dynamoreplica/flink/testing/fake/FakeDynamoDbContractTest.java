/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceContract;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceFixture;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A test that the fake behaves as DynamoDB Local does. */
class FakeDynamoDbContractTest implements DynamoDbServiceContract {

    private static FakeDynamoDb db;
    private static DynamoDbService service;

    @BeforeAll
    static void open() {
        db = new FakeDynamoDb();
        db.clock().run(Duration.ZERO);
        service = db.service();
    }

    @AfterAll
    static void close() {
        service.close();
        db.close();
    }

    @Override
    public DynamoDbServiceFixture fixture() {
        return new FakeFixture(service, db);
    }
}
