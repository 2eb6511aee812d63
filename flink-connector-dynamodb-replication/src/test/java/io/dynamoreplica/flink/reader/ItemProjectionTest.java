/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.change.MapItem;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemProjectionTest {

    private static final MapItem ORDER =
            item("note", "x")
                    .s("id", "a")
                    .n("line", 7)
                    .map("address", item("city", "Bonn"))
                    .bool("paid", true)
                    .b("hash", (byte) 1)
                    .build();

    @Test
    void showsOnlyTheNamedAttributes() {
        assertThat(new ItemProjection(ORDER, Set.of("id", "line")).materialise())
                .isEqualTo(
                        Map.of("id", new AttributeValue.S("a"), "line", new AttributeValue.N("7")));
    }

    @Test
    void passesOverNamesThatTheItemDoesNotHave() {
        assertThat(new ItemProjection(ORDER, Set.of("id", "gone")).materialise())
                .containsOnlyKeys("id");
    }

    @Test
    void showsValuesOfEveryKindAsTheyAre() {
        Set<String> names = Set.of("address", "paid", "hash");
        assertThat(MapItem.copyOf(new ItemProjection(ORDER, names)))
                .isEqualTo(
                        item().map("address", item("city", "Bonn"))
                                .bool("paid", true)
                                .b("hash", (byte) 1)
                                .build());
    }

    @Test
    void walksNoFurtherThanItHasTo() {
        ItemCursor cursor = new ItemProjection(ORDER, Set.of("id")).walk();

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.text()).isEqualTo("a");
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.name()).as("where the inner walk stands").isEqualTo("id");
    }
}
