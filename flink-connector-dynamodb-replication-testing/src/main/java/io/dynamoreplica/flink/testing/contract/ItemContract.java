/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bool;
import io.dynamoreplica.flink.change.AttributeValue.Bs;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The contract of the items in answers. */
public interface ItemContract {

    DynamoDbServiceFixture fixture();

    @Test
    default void everyTypeArrivesAsItWasWritten() {
        Map<String, AttributeValue> attributes = Map.ofEntries(
                Map.entry("id", new S("all-types")),
                Map.entry("text", new S("Grüße, 世界, \uD83D\uDE00, \"quoted\"\n")),
                Map.entry("empty text", new S("")),
                Map.entry("number", new N("-12345678901234567890123456789012345678")),
                Map.entry("fraction", new N("0.12345678901234567890123456789012345678")),
                Map.entry("bytes", new B(new byte[] {0, -1, 127, -128})),
                Map.entry("no bytes", new B(new byte[0])),
                Map.entry("true", new Bool(true)),
                Map.entry("false", new Bool(false)),
                Map.entry("null", new Null()),
                Map.entry("one text", new Ss(List.of("only"))),
                Map.entry("one number", new Ns(List.of("7"))),
                Map.entry("one binary", new Bs(List.of(new B(new byte[] {1, 2})))),
                Map.entry("empty map", new M(Map.of())),
                Map.entry("empty list", new L(List.of())),
                Map.entry("nested", nested()));

        assertThat(roundTrip("typed", attributes).materialise()).isEqualTo(attributes);
    }

    @Test
    default void setsArriveWholeInSomeOrder() {
        Map<String, AttributeValue> attributes = Map.of(
                "id", new S("sets"),
                "ss", new Ss(List.of("b", "a", "c")),
                "ns", new Ns(List.of("3", "1", "2")),
                "bs", new Bs(List.of(new B(new byte[] {2}), new B(new byte[] {1}))));

        Map<String, AttributeValue> read = roundTrip("sets", attributes).materialise();

        assertThat(((Ss) read.get("ss")).values()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(((Ns) read.get("ns")).digits()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(((Bs) read.get("bs")).values())
                .containsExactlyInAnyOrder(new B(new byte[] {1}), new B(new byte[] {2}));
    }

    @Test
    default void aCursorRefusesWhatIsNotThere() {
        Map<String, AttributeValue> attributes = Map.of("id", new S("1"), "tags", new Ss(List.of("tag")));
        ItemCursor cursor = roundTrip("cursors", attributes).walk();
        moveTo(cursor, "tags");

        assertThat(cursor.type()).isEqualTo(AttributeType.SS);
        assertThatThrownBy(cursor::text).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::bool).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(cursor::binary).isInstanceOf(IllegalStateException.class);
        ItemCursor elements = cursor.enter();
        assertThat(elements.next()).isTrue();
        assertThat(elements.type()).isEqualTo(AttributeType.S);
        assertThat(elements.text()).isEqualTo("tag");
        assertThatThrownBy(elements::name).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(elements::enter).isInstanceOf(IllegalStateException.class);
        assertThat(elements.next()).isFalse();
    }

    @Test
    default void anItemCanBeWalkedAgain() {
        Map<String, AttributeValue> attributes = Map.of("id", new S("1"), "nested", nested());
        Item item = roundTrip("walked", attributes);

        assertThat(item.materialise()).isEqualTo(attributes);
        assertThat(item.materialise()).isEqualTo(attributes);
    }

    private Item roundTrip(String table, Map<String, AttributeValue> attributes) {
        fixture().createTable(table, List.of(new KeyColumn("id", KeyType.S)), Optional.empty());
        fixture().put(table, attributes);
        ScanSplit whole = new ScanSplit(table, 1, 0, 1, ScanPosition.START);
        ScanPage page =
                ok(fixture().service().scan(new ScanRequest(whole, Projection.wholeItem(), true, OptionalInt.empty())));
        assertThat(page.items()).hasSize(1);
        return page.items().get(0);
    }

    private static AttributeValue nested() {
        AttributeValue inner = new M(Map.of(
                "list", new L(List.of(new N("1"), new Null(), new Bool(false))),
                "set", new Ss(List.of("x")),
                "map", new M(Map.of("deep", new B(new byte[] {9})))));
        return new L(List.of(inner, new L(List.of(new S("")))));
    }

    private static void moveTo(ItemCursor cursor, String name) {
        while (cursor.next()) {
            if (cursor.name().equals(name)) {
                return;
            }
        }
        throw new AssertionError("No attribute " + name);
    }
}
