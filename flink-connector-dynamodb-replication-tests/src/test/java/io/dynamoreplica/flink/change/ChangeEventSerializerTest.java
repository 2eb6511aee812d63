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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ChangeEventSerializerTest {

    private static final TypeSerializer<ChangeEvent> SERIALIZER = ChangeEventSerializer.INSTANCE;

    @Test
    void anEventIsEqualAfterARoundTrip() throws IOException {
        for (ChangeEvent event : EVENTS) {
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            SERIALIZER.serialize(event, bytes);
            DataInputDeserializer input = new DataInputDeserializer(bytes.getCopyOfBuffer());

            assertThat(SERIALIZER.deserialize(input)).isEqualTo(event);
            assertThat(input.available()).isZero();
        }
    }

    @Test
    void anEventThatWasNeverMaterialisedIsWrittenTheSameWay() throws IOException {
        for (ChangeEvent event : EVENTS) {
            ChangeEvent walkedOnly = new ChangeEvent(
                    event.table(),
                    event.operation(),
                    new ChangeEvent.Images(
                            walkedOnly(event.keys()), walkedOnly(event.before()), walkedOnly(event.after())),
                    event.origin());
            assertThat(bytesOf(List.of(walkedOnly))).isEqualTo(bytesOf(List.of(event)));
        }
    }

    /** Every later release reads the bytes of release 0.1, and writes the same bytes until format 2. */
    @Test
    void formatOneIsReadAndWrittenAsItEverWas() throws IOException {
        byte[] golden = resource("change-event-format-1.hex");

        DataInputDeserializer input = new DataInputDeserializer(golden);
        TypeSerializerSnapshot<ChangeEvent> old =
                TypeSerializerSnapshot.readVersionedSnapshot(input, getClass().getClassLoader());
        List<ChangeEvent> read = new ArrayList<>();
        while (input.available() > 0) {
            read.add(old.restoreSerializer().deserialize(input));
        }

        assertThat(read).isEqualTo(EVENTS);
        assertThat(SERIALIZER.snapshotConfiguration().resolveSchemaCompatibility(old))
                .matches(compatibility -> compatibility.isCompatibleAsIs());
        assertThat(HexFormat.of().formatHex(bytesOf(EVENTS)))
                .isEqualTo(HexFormat.of().formatHex(golden));
    }

    @Test
    void aFormatOfALaterReleaseIsRefusedByName() {
        assertThatThrownBy(() -> new ChangeEventSerializerSnapshot()
                        .readSnapshot(2, new DataInputDeserializer(), getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void stateOfAnotherTypeIsIncompatible() {
        TypeSerializerSnapshot strings = StringSerializer.INSTANCE.snapshotConfiguration();

        assertThat(SERIALIZER.snapshotConfiguration().resolveSchemaCompatibility(strings))
                .matches(compatibility -> compatibility.isIncompatible());
    }

    @Test
    void flinkFindsTheTypeByTheClassAlone() {
        TypeInformation<ChangeEvent> found = TypeInformation.of(ChangeEvent.class);

        assertThat(found).isEqualTo(new ChangeEventTypeInfo());
        assertThat(found.createSerializer(new ExecutionConfig().getSerializerConfig()))
                .isEqualTo(SERIALIZER);
        assertThat(new ChangeEventDeserializationSchema().getProducedType()).isEqualTo(found);
    }

    @Test
    void copyingAnEventThroughBytesKeepsIt() throws IOException {
        DataOutputSerializer copy = new DataOutputSerializer(64);
        DataOutputSerializer original = new DataOutputSerializer(64);
        SERIALIZER.serialize(EVENTS.get(0), original);
        SERIALIZER.copy(new DataInputDeserializer(original.getCopyOfBuffer()), copy);

        assertThat(copy.getCopyOfBuffer()).isEqualTo(original.getCopyOfBuffer());
    }

    private static final List<ChangeEvent> EVENTS = events();

    private static List<ChangeEvent> events() {
        MapItem keys = MapItem.of(Map.of("id", new S("ключ-1")));
        MapItem image = MapItem.of(oneOfEachType());
        Instant second = Instant.parse("2025-11-03T10:15:30Z");
        String shard = "shardId-00000001700000000000-0a1b2c3d";
        return List.of(
                new ChangeEvent(
                        "orders",
                        Operation.READ,
                        new ChangeEvent.Images(keys, null, image),
                        ChangeEvent.Origin.scanned(1_762_164_930L, second.plusNanos(123_456_789))),
                new ChangeEvent(
                        "orders",
                        Operation.INSERT,
                        new ChangeEvent.Images(keys, null, keys),
                        new ChangeEvent.Origin(1, second, shard, "100000000000000000001", false)),
                new ChangeEvent(
                        "orders",
                        Operation.MODIFY,
                        new ChangeEvent.Images(keys, keys, image),
                        new ChangeEvent.Origin(
                                Long.MAX_VALUE, second, shard, "4999999999999999999999999999999999999999", false)),
                new ChangeEvent(
                        "orders",
                        Operation.REMOVE,
                        new ChangeEvent.Images(keys, image, null),
                        new ChangeEvent.Origin(2, Instant.EPOCH, shard, "1", true)));
    }

    private static Map<String, AttributeValue> oneOfEachType() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("s", new S("\u00e9\uD83D\uDE00\u0000"));
        attributes.put("empty", new S(""));
        attributes.put("n", new N("-9.9999999999999999999999999999999999999E+125"));
        attributes.put("b", new B(new byte[] {0, -1, 127}));
        attributes.put("no bytes", new B(new byte[0]));
        attributes.put("bool", new Bool(true));
        attributes.put("null", new Null());
        attributes.put("m", new M(Map.of("inner", new L(List.of(new M(Map.of()), new Null())))));
        attributes.put("l", new L(List.of(new N("1"), new S("x"), new Ss(List.of("y")))));
        attributes.put("ss", new Ss(List.of("a", "b")));
        attributes.put("ns", new Ns(List.of("1E-130", "2")));
        attributes.put("bs", new Bs(List.of(new B(new byte[] {1}))));
        return attributes;
    }

    private static Item walkedOnly(Item item) {
        return item == null ? null : item::walk;
    }

    private static byte[] bytesOf(List<ChangeEvent> events) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(bytes, SERIALIZER.snapshotConfiguration());
        for (ChangeEvent event : events) {
            SERIALIZER.serialize(event, bytes);
        }
        return bytes.getCopyOfBuffer();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ChangeEventSerializerTest.class.getResourceAsStream("/" + name)) {
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        }
    }
}
