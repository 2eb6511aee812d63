/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the tables' key attributes, shared by the cursors of one reader.
 *
 * <p>A {@code LastEvaluatedKey} carries them, so a restart in the middle of a Scan knows them from
 * the splits' positions; only a Scan that begins asks DescribeTable. Not thread-safe.
 */
public final class KeyNames {

    private final Map<String, List<String>> names = new HashMap<>();

    Optional<List<String>> of(String table) {
        return Optional.ofNullable(names.get(table));
    }

    void learn(String table, ItemKey lastEvaluatedKey) {
        names.put(table, lastEvaluatedKey.attributes().stream().map(KeyAttribute::name).toList());
    }

    void learn(String table, TableDescription description) {
        names.put(table, description.keys().stream().map(KeyColumn::name).toList());
    }
}
