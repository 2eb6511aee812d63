/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceFixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fixture that prepares the fake for the contract.
 *
 * @param service under contract: the fake's own, or another one that leads to the fake
 */
public record FakeFixture(DynamoDbService service, FakeDynamoDb db) implements DynamoDbServiceFixture {

    @Override
    public void createTable(String table, List<KeyColumn> keys, Optional<String> viewType) {
        db.createTable(new TableSpec(table, keys, viewType.map(StreamViewType::valueOf), 1));
    }

    @Override
    public void put(String table, Map<String, AttributeValue> item) {
        db.table(table).put(MapItem.of(item));
    }

    @Override
    public void delete(String table, Map<String, AttributeValue> key) {
        db.table(table).delete(MapItem.of(key));
    }

    @Override
    public void disableStream(String table) {
        db.disableStream(table);
    }
}
