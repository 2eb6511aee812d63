/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service under contract, with the calls that prepare its tables. */
public interface DynamoDbServiceFixture {

    /** Returns the service under contract, the same one each time. */
    DynamoDbService service();

    /**
     * Creates an empty table and returns once it is ACTIVE.
     *
     * @param keys partition key first
     * @param viewType of its stream, such as {@code NEW_IMAGE}; empty for no stream
     */
    void createTable(String table, List<KeyColumn> keys, Optional<String> viewType);

    /** Puts an item; replaces an item with the same key. */
    void put(String table, Map<String, AttributeValue> item);

    void delete(String table, Map<String, AttributeValue> key);

    /** Disables the table's stream, which closes its shards. */
    void disableStream(String table);
}
