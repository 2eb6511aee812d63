/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import java.io.IOException;

/**
 * How an item is written as JSON. Either way it is walked once and no digit of a number is lost.
 */
public enum JsonForm {
    /**
     * The JSON that a reader would write by hand: {@code {"id": "o-1", "total": 12.50}}.
     *
     * <p>Numbers are written with all their digits, up to 38: beware of readers that parse them as
     * doubles. Binary is Base64, a set is an array, and so neither can be told from a string or a
     * list.
     */
    PLAIN(new PlainWriter()),

    /**
     * DynamoDB's own JSON, with types and without loss: {@code {"id": {"S": "o-1"}, "total": {"N":
     * "12.50"}}}.
     */
    DYNAMODB(new DynamoDbWriter());

    private final ItemWriter writer;

    JsonForm(ItemWriter writer) {
        this.writer = writer;
    }

    void write(Item item, JsonGenerator json) throws IOException {
        writer.writeEntries(item.walk(), json);
    }

    /** Containers are the same in both forms but for what surrounds a value. */
    private abstract static class ItemWriter {

        final void writeEntries(ItemCursor entries, JsonGenerator json) throws IOException {
            json.writeStartObject();
            while (entries.next()) {
                json.writeFieldName(entries.name());
                writeValue(entries, json);
            }
            json.writeEndObject();
        }

        abstract void writeValue(ItemCursor cursor, JsonGenerator json) throws IOException;
    }

    private static final class PlainWriter extends ItemWriter {
        @Override
        void writeValue(ItemCursor cursor, JsonGenerator json) throws IOException {
            switch (cursor.type()) {
                case S -> json.writeString(cursor.text());
                case N -> json.writeNumber(cursor.text());
                case B -> json.writeBinary(cursor.binary());
                case BOOL -> json.writeBoolean(cursor.bool());
                case NULL -> json.writeNull();
                case M -> writeEntries(cursor.enter(), json);
                case L, SS, NS, BS -> {
                    json.writeStartArray();
                    ItemCursor elements = cursor.enter();
                    while (elements.next()) {
                        writeValue(elements, json);
                    }
                    json.writeEndArray();
                }
            }
        }
    }

    private static final class DynamoDbWriter extends ItemWriter {
        @Override
        void writeValue(ItemCursor cursor, JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeFieldName(cursor.type().name());
            switch (cursor.type()) {
                case S, N, B -> writeSetElement(cursor, json);
                case BOOL -> json.writeBoolean(cursor.bool());
                case NULL -> json.writeBoolean(true);
                case M -> writeEntries(cursor.enter(), json);
                case L -> {
                    json.writeStartArray();
                    ItemCursor elements = cursor.enter();
                    while (elements.next()) {
                        writeValue(elements, json);
                    }
                    json.writeEndArray();
                }
                case SS, NS, BS -> {
                    json.writeStartArray();
                    ItemCursor elements = cursor.enter();
                    while (elements.next()) {
                        writeSetElement(elements, json);
                    }
                    json.writeEndArray();
                }
            }
            json.writeEndObject();
        }

        /** Elements of a set share the type that the set has told, and are strings all. */
        private static void writeSetElement(ItemCursor cursor, JsonGenerator json)
                throws IOException {
            switch (cursor.type()) {
                case B -> json.writeBinary(cursor.binary());
                default -> json.writeString(cursor.text());
            }
        }
    }
}
