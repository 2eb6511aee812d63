/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the tables' key attributes, shared by the cursors of one reader. They are kept for
 * each copy, because a table that was deleted and created again may have another key.
 *
 * <p>A {@code LastEvaluatedKey} has these names. So after a restart in the middle of a Scan they are
 * known from the positions of the splits; only a Scan that begins asks DescribeTable. Not
 * thread-safe.
 */
public final class KeyNames {

    private final Map<Copy, List<String>> names = new HashMap<>();

    private record Copy(String table, long epoch) {}

    Optional<List<String>> of(ScanSplit split) {
        return Optional.ofNullable(names.get(copyOf(split)));
    }

    void learn(ScanSplit split, ItemKey lastEvaluatedKey) {
        List<KeyAttribute> attributes = lastEvaluatedKey.attributes();
        learn(split, attributes.stream().map(KeyAttribute::name).toList());
    }

    void learn(ScanSplit split, TableDescription description) {
        learn(split, description.keyNames());
    }

    /** Keeps the names and drops those of earlier copies, which have no use any more. */
    private void learn(ScanSplit split, List<String> keys) {
        names.keySet().removeIf(copy -> copy.table().equals(split.table()) && copy.epoch() < split.epoch());
        names.put(copyOf(split), keys);
    }

    private static Copy copyOf(ScanSplit split) {
        return new Copy(split.table(), split.epoch());
    }
}
