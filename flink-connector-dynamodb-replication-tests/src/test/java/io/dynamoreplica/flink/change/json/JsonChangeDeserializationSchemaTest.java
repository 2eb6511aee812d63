/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonChangeDeserializationSchemaTest {

    @ParameterizedTest
    @EnumSource
    void aChangeHasEveryFieldOfTheEnvelope(ItemKind kind) throws Exception {
        Item keys = kind.of(Map.of("id", new S("o-1")));
        ChangeEvent removed = new ChangeEvent(
                "orders",
                Operation.REMOVE,
                new ChangeEvent.Images(keys, keys, null),
                new ChangeEvent.Origin(7, Instant.parse("2025-11-03T10:15:30Z"), "shard-1", "42", true));

        assertThat(json(JsonForm.PLAIN, removed))
                .isEqualTo("{\"table\":\"orders\",\"operation\":\"REMOVE\",\"keys\":{\"id\":\"o-1\"},"
                        + "\"before\":{\"id\":\"o-1\"},\"after\":null,\"epoch\":7,"
                        + "\"eventTime\":\"2025-11-03T10:15:30Z\","
                        + "\"deletionTime\":\"2025-11-03T10:15:30Z\",\"sequenceNumber\":\"42\","
                        + "\"shardId\":\"shard-1\",\"snapshot\":false,\"ttlDeleted\":true}");
    }

    @ParameterizedTest
    @EnumSource
    void aDeleteOfAStreamWithoutOldImagesIsItsKeyAndTime(ItemKind kind) throws Exception {
        ChangeEvent removed = new ChangeEvent(
                "orders",
                Operation.REMOVE,
                new ChangeEvent.Images(kind.of(Map.of("id", new S("o-1"))), null, null),
                new ChangeEvent.Origin(7, Instant.parse("2025-11-03T10:15:30Z"), "shard-1", "42", false));

        assertThat(json(JsonForm.DYNAMODB, removed))
                .contains("\"operation\":\"REMOVE\",\"keys\":{\"id\":{\"S\":\"o-1\"}},")
                .contains("\"before\":null,\"after\":null,\"epoch\":7,")
                .contains("\"deletionTime\":\"2025-11-03T10:15:30Z\"");
    }

    @ParameterizedTest
    @EnumSource
    void aScannedItemHasNoPlaceInTheStream(ItemKind kind) throws Exception {
        assertThat(json(JsonForm.PLAIN, scanned(kind.of(Map.of("id", new S("o-1"))))))
                .contains("\"operation\":\"READ\"")
                .contains("\"deletionTime\":null")
                .contains("\"sequenceNumber\":null,\"shardId\":null,\"snapshot\":true");
    }

    @ParameterizedTest
    @EnumSource
    void plainJsonKeepsEveryDigit(ItemKind kind) throws Exception {
        assertThat(imageIn(JsonForm.PLAIN, kind.of(oneOfEachType())))
                .isEqualTo("{\"s\":\"a\\\"\\n\u00e9\",\"n\":12345678901234567890123456789012345678,"
                        + "\"tiny\":1E-130,\"huge\":-9.99E+125,\"zero\":-0,\"b\":\"AP9/\","
                        + "\"noBytes\":\"\",\"bool\":false,\"null\":null,"
                        + "\"m\":{\"l\":[1,\"x\",{}]},\"l\":[],\"ss\":[\"a\",\"b\"],"
                        + "\"ns\":[1,2.50],\"bs\":[\"AQ==\"]}");
    }

    @ParameterizedTest
    @EnumSource
    void dynamoDbJsonLosesNothing(ItemKind kind) throws Exception {
        String image = imageIn(JsonForm.DYNAMODB, kind.of(oneOfEachType()));

        assertThat(image)
                .contains("\"tiny\":{\"N\":\"1E-130\"}")
                .contains("\"null\":{\"NULL\":true}")
                .contains("\"m\":{\"M\":{\"l\":{\"L\":[{\"N\":\"1\"},{\"S\":\"x\"},{\"M\":{}}]}}}")
                .contains("\"ns\":{\"NS\":[\"1\",\"2.50\"]}")
                .contains("\"bs\":{\"BS\":[\"AQ==\"]}");
        assertThat(new JsonItem(image).materialise()).isEqualTo(oneOfEachType());
    }

    @ParameterizedTest
    @EnumSource
    void nestingAsDeepAsDynamoDbAllowsIsWritten(ItemKind kind) throws Exception {
        AttributeValue nested = new S("bottom");
        for (int depth = 0; depth < 32; depth++) {
            nested = depth % 2 == 0 ? new L(List.of(nested)) : new M(Map.of("in", nested));
        }

        assertThat(imageIn(JsonForm.PLAIN, kind.of(Map.of("top", nested))))
                .isEqualTo("{\"top\":" + "{\"in\":[".repeat(16) + "\"bottom\"" + "]}".repeat(16) + "}");
    }

    @Test
    void theBeginAndTheEndOfACopyAreToldFromChangesByTheirOperation() throws Exception {
        List<String> out = new ArrayList<>();
        JsonChangeDeserializationSchema schema =
                InstantiationUtil.clone(JsonChangeDeserializationSchema.plain().withEpochEvents());
        for (Kind kind : Kind.values()) {
            schema.epoch(new EpochEvent("orders", 1762164930, kind), new ListCollector<>(out));
        }

        assertThat(out)
                .containsExactly(
                        "{\"table\":\"orders\",\"operation\":\"EPOCH_BEGIN\",\"epoch\":1762164930}",
                        "{\"table\":\"orders\",\"operation\":\"EPOCH_END\",\"epoch\":1762164930}");
    }

    @Test
    void whoDoesNotAskForThemGetsChangesAlone() throws Exception {
        List<String> out = new ArrayList<>();
        JsonChangeDeserializationSchema.dynamoDb()
                .epoch(new EpochEvent("orders", 1, Kind.END), new ListCollector<>(out));

        assertThat(out).isEmpty();
    }

    @Test
    void theSchemaTravelsToTheTasks() throws Exception {
        JsonChangeDeserializationSchema arrived = InstantiationUtil.clone(JsonChangeDeserializationSchema.dynamoDb());
        List<String> out = new ArrayList<>();
        arrived.deserialize(scanned(ItemKind.IN_MEMORY.of(Map.of("id", new N("1")))), new ListCollector<>(out));

        assertThat(out).singleElement().asString().contains("\"after\":{\"id\":{\"N\":\"1\"}}");
    }

    private static Map<String, AttributeValue> oneOfEachType() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("s", new S("a\"\n\u00e9"));
        attributes.put("n", new N("12345678901234567890123456789012345678"));
        attributes.put("tiny", new N("1E-130"));
        attributes.put("huge", new N("-9.99E+125"));
        attributes.put("zero", new N("-0"));
        attributes.put("b", new B(new byte[] {0, -1, 127}));
        attributes.put("noBytes", new B(new byte[0]));
        attributes.put("bool", new Bool(false));
        attributes.put("null", new Null());
        attributes.put("m", new M(Map.of("l", new L(List.of(new N("1"), new S("x"), new M(Map.of()))))));
        attributes.put("l", new L(List.of()));
        attributes.put("ss", new Ss(List.of("a", "b")));
        attributes.put("ns", new Ns(List.of("1", "2.50")));
        attributes.put("bs", new Bs(List.of(new B(new byte[] {1}))));
        return attributes;
    }

    private static ChangeEvent scanned(Item item) {
        return new ChangeEvent(
                "orders",
                Operation.READ,
                new ChangeEvent.Images(item, null, item),
                ChangeEvent.Origin.scanned(1, Instant.EPOCH));
    }

    private static String imageIn(JsonForm form, Item item) throws IOException {
        String line = json(form, scanned(item));
        String start = "\"after\":";
        return line.substring(line.indexOf(start) + start.length(), line.indexOf(",\"epoch\":"));
    }

    private static String json(JsonForm form, ChangeEvent event) throws IOException {
        List<String> out = new ArrayList<>();
        new JsonChangeDeserializationSchema(form).deserialize(event, new ListCollector<>(out));
        assertThat(out).hasSize(1);
        return out.get(0);
    }
}
