/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.Item;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

/**
 * The schema that writes each change as one line of JSON:
 *
 * <pre>{@code
 * {"table": "orders", "operation": "MODIFY",
 *  "keys": {...}, "before": {...} or null, "after": {...} or null,
 *  "epoch": 1762164930, "eventTime": "2025-11-03T10:15:30Z", "deletionTime": null,
 *  "sequenceNumber": "100000000000000000001", "shardId": "shardId-...",
 *  "snapshot": false, "ttlDeleted": false}
 * }</pre>
 *
 * <p>Every line has all fields. {@code before} is null if the stream keeps no old images or the item did
 * not exist before. {@code after} is null for a REMOVE. {@code sequenceNumber} and {@code shardId} are null
 * for a scanned item, which has the {@code operation} READ. {@code deletionTime} is null if the operation is
 * not REMOVE. The {@code keys} of a REMOVE name the deleted item.
 *
 * <p>With {@link #withEpochEvents}, it also writes the begin and the end of each full copy. The {@code
 * operation} distinguishes these lines from changes. They have only these three fields:
 *
 * <pre>{@code
 * {"table": "orders", "operation": "EPOCH_BEGIN", "epoch": 1762164930}
 * {"table": "orders", "operation": "EPOCH_END", "epoch": 1762164930}
 * }</pre>
 */
@PublicEvolving
public final class JsonChangeDeserializationSchema implements DynamoDbDeserializationSchema<String> {

    private static final long serialVersionUID = 1L;

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonForm form;
    private final boolean epochEvents;

    /**
     * Makes a schema that writes only changes.
     *
     * @param form how keys and images are written
     */
    public JsonChangeDeserializationSchema(JsonForm form) {
        this(form, false);
    }

    private JsonChangeDeserializationSchema(JsonForm form, boolean epochEvents) {
        this.form = Objects.requireNonNull(form, "form");
        this.epochEvents = epochEvents;
    }

    /** Makes a schema that writes keys and images as {@link JsonForm#PLAIN}. */
    public static JsonChangeDeserializationSchema plain() {
        return new JsonChangeDeserializationSchema(JsonForm.PLAIN);
    }

    /** Makes a schema that writes keys and images as {@link JsonForm#DYNAMODB}. */
    public static JsonChangeDeserializationSchema dynamoDb() {
        return new JsonChangeDeserializationSchema(JsonForm.DYNAMODB);
    }

    /**
     * Returns the same schema, with a line for the begin and for the end of each full copy. {@link EpochEvent}
     * describes when they come.
     */
    public JsonChangeDeserializationSchema withEpochEvents() {
        return new JsonChangeDeserializationSchema(form, true);
    }

    @Override
    public void deserialize(ChangeEvent event, Collector<String> out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(event, json);
        }
        out.collect(text.toString());
    }

    @Override
    public void epoch(EpochEvent event, Collector<String> out) throws IOException {
        if (!epochEvents) {
            return;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("table", event.table());
            json.writeStringField("operation", "EPOCH_" + event.kind().name());
            json.writeNumberField("epoch", event.epoch());
            json.writeEndObject();
        }
        out.collect(text.toString());
    }

    private void write(ChangeEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("table", event.table());
        json.writeStringField("operation", event.operation().name());
        writeImage("keys", event.keys(), json);
        writeImage("before", event.before(), json);
        writeImage("after", event.after(), json);
        json.writeNumberField("epoch", event.epoch());
        json.writeStringField("eventTime", event.origin().time().toString());
        writeTime("deletionTime", event.deletionTime(), json);
        json.writeStringField("sequenceNumber", event.origin().sequenceNumber());
        json.writeStringField("shardId", event.origin().shardId());
        json.writeBooleanField("snapshot", event.isFromSnapshot());
        json.writeBooleanField("ttlDeleted", event.origin().deletedByTtl());
        json.writeEndObject();
    }

    private static void writeTime(String name, Instant time, JsonGenerator json) throws IOException {
        json.writeStringField(name, time == null ? null : time.toString());
    }

    private void writeImage(String name, Item image, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        if (image == null) {
            json.writeNull();
        } else {
            form.write(image, json);
        }
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
