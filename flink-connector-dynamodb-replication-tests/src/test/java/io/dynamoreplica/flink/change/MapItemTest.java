/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class MapItemTest {

    private static final Map<String, AttributeValue> ONE_OF_EACH = new LinkedHashMap<>();

    static {
        ONE_OF_EACH.put("s", new S(""));
        ONE_OF_EACH.put("n", new N("-0"));
        ONE_OF_EACH.put("b", new B(new byte[] {1, 2}));
        ONE_OF_EACH.put("bool", new Bool(true));
        ONE_OF_EACH.put("null", new Null());
        ONE_OF_EACH.put("m", new M(Map.of("inner", new L(List.of(new N("1"), new S("x"))))));
        ONE_OF_EACH.put("l", new L(List.of()));
        ONE_OF_EACH.put("ss", new Ss(List.of("a", "b")));
        ONE_OF_EACH.put("ns", new Ns(List.of("1", "2")));
        ONE_OF_EACH.put("bs", new Bs(List.of(new B(new byte[0]))));
    }

    /** So no branch of a cursor, of {@link AttributeValue#read} and of a format is left out by the tests. */
    @Test
    void theSamplesAreOneOfEachRecordAndType() {
        assertThat(ONE_OF_EACH.values())
                .<Class<?>>map(Object::getClass)
                .containsExactlyInAnyOrder(AttributeValue.class.getPermittedSubclasses());
        assertThat(ONE_OF_EACH.values()).map(AttributeValue::type).containsExactlyInAnyOrder(AttributeType.values());
    }

    @Test
    void everyTypeKeepsItsValueInTheFormatOfState() throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(256);
        ItemFormat.write(MapItem.of(ONE_OF_EACH), bytes);

        assertThat(ItemFormat.read(new DataInputDeserializer(bytes.getCopyOfBuffer())))
                .isEqualTo(MapItem.of(ONE_OF_EACH));
    }

    @Test
    void whatAWalkReadsIsWhatWasPutIn() {
        Item seenOnlyThroughItsCursor = MapItem.of(ONE_OF_EACH)::walk;

        assertThat(seenOnlyThroughItsCursor.materialise()).isEqualTo(ONE_OF_EACH);
        assertThat(MapItem.copyOf(seenOnlyThroughItsCursor)).isEqualTo(MapItem.of(ONE_OF_EACH));
    }

    @Test
    void theMapItWasMadeFromMayChange() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(ONE_OF_EACH);
        MapItem item = MapItem.of(attributes);
        attributes.clear();

        assertThat(item.materialise()).isEqualTo(ONE_OF_EACH);
        assertThatThrownBy(() -> item.materialise().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equalityDoesNotLookAtTheOrderOfAttributes() {
        Map<String, AttributeValue> forth = new LinkedHashMap<>();
        forth.put("a", new S("1"));
        forth.put("b", new N("1"));
        Map<String, AttributeValue> back = new LinkedHashMap<>();
        back.put("b", new N("1"));
        back.put("a", new S("1"));

        assertThat(MapItem.of(forth)).isEqualTo(MapItem.of(back)).hasSameHashCodeAs(MapItem.of(back));
        assertThat(MapItem.of(forth)).isNotEqualTo(MapItem.of(Map.of("a", new S("1"))));
    }

    @Test
    void aCursorRefusesWhatItsValueIsNot() {
        ItemCursor cursor = MapItem.of(Map.of("a", new Ss(List.of("x")))).walk();

        assertThatThrownBy(cursor::type).isInstanceOf(IllegalStateException.class);
        assertThat(cursor.next()).isTrue();
        assertThatThrownBy(cursor::text).hasMessageContaining("SS");
        assertThatThrownBy(cursor::binary).hasMessageContaining("SS");
        assertThatThrownBy(cursor::bool).hasMessageContaining("SS");
        ItemCursor elements = cursor.enter();
        assertThat(elements.next()).isTrue();
        assertThat(elements.type()).isEqualTo(AttributeType.S);
        assertThatThrownBy(elements::name).hasMessageContaining("no name");
        assertThatThrownBy(elements::enter).hasMessageContaining("type S");
        assertThat(elements.next()).isFalse();
        assertThatThrownBy(elements::text).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void materialisedEventsAreEqualWhateverTheirImagesWereDecodedFrom() {
        MapItem image = MapItem.of(ONE_OF_EACH);
        MapItem keys = MapItem.of(Map.of("s", new S("")));
        ChangeEvent decoded = event(keys, image);
        ChangeEvent lazy = event(keys::walk, image::walk);

        assertThat(lazy).isNotEqualTo(decoded);
        assertThat(lazy.materialised()).isEqualTo(decoded).isEqualTo(decoded.materialised());
    }

    private static ChangeEvent event(Item keys, Item after) {
        return new ChangeEvent(
                "orders",
                Operation.READ,
                new ChangeEvent.Images(keys, null, after),
                ChangeEvent.Origin.scanned(1, Instant.EPOCH));
    }
}
