/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import org.junit.jupiter.api.Test;

/** The parts of a cursor's contract that are easiest to break. */
class JsonItemTest {

    private static final JsonItem ITEM =
            new JsonItem("{\"m\":{\"M\":{\"x\":{\"L\":[{\"S\":\"1\"},{\"SS\":[\"a\",\"b\"]}]},\"y\":{\"N\":\"2\"}}},"
                    + "\"s\":{\"S\":\"after\"}}");

    @Test
    void whatWasNotEnteredIsSkipped() {
        ItemCursor cursor = ITEM.walk();
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.name()).isEqualTo("m");
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.name()).isEqualTo("s");
        assertThat(cursor.text()).isEqualTo("after").isEqualTo(cursor.text());
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void aWalkThatStopsHalfWayInsideIsSkippedToItsEnd() {
        ItemCursor cursor = ITEM.walk();
        cursor.next();
        ItemCursor map = cursor.enter();
        map.next();
        ItemCursor list = map.enter();
        list.next();
        list.next();
        ItemCursor set = list.enter();
        set.next();
        assertThat(set.type()).isEqualTo(AttributeType.S);
        assertThat(set.text()).isEqualTo("a");

        assertThat(cursor.next()).isTrue();
        assertThat(cursor.text()).isEqualTo("after");
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void aValueIsEnteredOnce() {
        ItemCursor cursor = ITEM.walk();
        cursor.next();
        cursor.enter();

        assertThatThrownBy(cursor::enter).isInstanceOf(IllegalStateException.class);
    }
}
