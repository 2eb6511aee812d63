/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventTypeInfo;
import io.dynamoreplica.flink.change.HostileItems;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events and JSON keep every value unchanged, however unusual it is. */
class HostileItemsTest {

    /** DynamoDB never sends such a string, because its strings are UTF-8, but another server may. */
    private static final Map<String, AttributeValue> HALF_PAIRS = Map.of(
            "id", new S("\uD83D"),
            "\uDE00\uD83D", new Ss(List.of("\uD83Dx", "x\uDE00", "\uD83D\uDE00")),
            "after", new S("é"));

    @ParameterizedTest
    @EnumSource
    void dynamoDbsOwnJsonLosesNothing(ItemKind kind) {
        for (Map<String, AttributeValue> item : items()) {
            String json = JsonForm.DYNAMODB.textOf(kind.of(item));
            assertThat(new JsonItem(json).materialise()).isEqualTo(item);
            assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .as("JSON text is Unicode, whatever is in it")
                    .isEqualTo(json);
        }
    }

    @ParameterizedTest
    @EnumSource
    void plainJsonCanBeReadAndHasEveryDigitAndCharacter(ItemKind kind) throws IOException {
        for (Map<String, AttributeValue> item : items()) {
            Object read = PlainJson.parse(JsonForm.PLAIN.textOf(kind.of(item)));
            assertThat(((Map<?, ?>) read).keySet()).isEqualTo(item.keySet());
            item.forEach((name, value) -> {
                if (value instanceof N n) {
                    assertThat(((Map<?, ?>) read).get(name).toString()).endsWith(" " + n.digits());
                } else if (value instanceof S s) {
                    assertThat(((Map<?, ?>) read).get(name)).isEqualTo("VALUE_STRING " + s.value());
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void nullAndAbsenceStayApart(ItemKind kind) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("n", new Null());
        item.put("m", new M(Map.of("n", new Null())));
        item.put("l", new L(List.of(new Null())));

        assertThat(JsonForm.PLAIN.textOf(kind.of(item))).isEqualTo("{\"n\":null,\"m\":{\"n\":null},\"l\":[null]}");
        assertThat(JsonForm.PLAIN.textOf(kind.of(Map.of("m", new M(Map.of()))))).isEqualTo("{\"m\":{}}");
    }

    @ParameterizedTest
    @EnumSource
    void halfASurrogatePairIsEscapedAndItsNeighboursAreNot(ItemKind kind) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("\uD83D", new S("\uDE00"));
        item.put("é", new S("\uD83D\uDE00"));

        assertThat(JsonForm.PLAIN.textOf(kind.of(item))).isEqualTo("{\"\\uD83D\":\"\\uDE00\",\"é\":\"\uD83D\uDE00\"}");
    }

    @Test
    void anEventIsTheSameBehindItsSerializer() throws IOException {
        TypeSerializer<ChangeEvent> serializer =
                new ChangeEventTypeInfo().createSerializer(new ExecutionConfig().getSerializerConfig());
        for (Map<String, AttributeValue> item : items()) {
            MapItem image = MapItem.of(item);
            MapItem key = MapItem.of(Map.of("id", item.get("id")));
            ChangeEvent event = new ChangeEvent(
                    "things",
                    Operation.MODIFY,
                    new ChangeEvent.Images(key, image, image),
                    new ChangeEvent.Origin(1, Instant.EPOCH, "shard", "1", false));
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            serializer.serialize(event, bytes);

            assertThat(serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer())))
                    .isEqualTo(event);
        }
    }

    private static List<Map<String, AttributeValue>> items() {
        List<Map<String, AttributeValue>> items =
                new ArrayList<>(HostileItems.all().values());
        items.add(HALF_PAIRS);
        return items;
    }
}
