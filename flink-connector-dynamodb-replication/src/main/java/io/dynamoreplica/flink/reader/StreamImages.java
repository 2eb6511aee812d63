/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.projection.Projection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The projection of stream images. A stream image is a whole item; here it is reduced to the
 * attributes that a Scan of the same table asks for. Not thread-safe.
 */
final class StreamImages {

    private final Map<String, Projection> configured;
    private final Map<String, WithKeys> projections = new HashMap<>();

    StreamImages(ReplicationConfig config) {
        this.configured =
                config.tables().stream().collect(Collectors.toMap(TableConfig::table, TableConfig::projection));
    }

    /**
     * A table's projection with its keys. A table that is created again may have other keys.
     *
     * @param keys names of the key attributes
     */
    private record WithKeys(Set<String> keys, Projection projection) {}

    Images projected(String table, Images whole) {
        Projection projection = configured.get(table);
        if (projection.equals(Projection.wholeItem())) {
            return whole;
        }
        Projection withKeys = keeping(table, projection, names(whole.keys()));
        return new Images(whole.keys(), projected(withKeys, whole.before()), projected(withKeys, whole.after()));
    }

    private Projection keeping(String table, Projection projection, Set<String> keys) {
        WithKeys known = projections.get(table);
        if (known == null || !known.keys().equals(keys)) {
            known = new WithKeys(keys, projection.keeping(keys));
            projections.put(table, known);
        }
        return known.projection();
    }

    /** Returns null if there is no such image. */
    private static Item projected(Projection projection, Item image) {
        return image == null ? null : projection.of(image);
    }

    private static Set<String> names(Item keys) {
        Set<String> names = new HashSet<>();
        ItemCursor cursor = keys.walk();
        while (cursor.next()) {
            names.add(cursor.name());
        }
        return names;
    }
}
