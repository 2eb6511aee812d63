/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceContract;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceFixture;
import io.dynamoreplica.flink.testing.fake.FakeFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A test that the wire behaves as DynamoDB Local does, with the same adapter. */
class WireDynamoDbContractTest implements DynamoDbServiceContract {

    private static WireDynamoDb wire;
    private static DynamoDbService service;

    @BeforeAll
    static void open() {
        wire = WireDynamoDb.start();
        wire.db().clock().run(Duration.ZERO);
        service = wire.connect(Map.of());
    }

    @AfterAll
    static void close() {
        service.close();
        wire.close();
    }

    @Override
    public DynamoDbServiceFixture fixture() {
        return new FakeFixture(service, wire.db());
    }
}
