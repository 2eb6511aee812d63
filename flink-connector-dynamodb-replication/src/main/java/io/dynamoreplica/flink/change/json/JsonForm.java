/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.change.UnicodeText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The form in which an item is written as JSON. Both forms walk the item once and lose no digit of a
 * number.
 */
@PublicEvolving
public enum JsonForm {
    /**
     * JSON without types: {@code {"id": "o-1", "total": 12.50}}.
     *
     * <p>A number has all its digits, up to 38, and always follows the grammar of JSON. A reader that parses
     * it as a double loses digits. Binary is Base64 and a set is an array, so they look like a string and a
     * list.
     */
    PLAIN(new PlainWriter()),

    /**
     * DynamoDB's own JSON, with types and without loss: {@code {"id": {"S": "o-1"}, "total": {"N":
     * "12.50"}}}.
     */
    DYNAMODB(new DynamoDbWriter());

    private static final JsonFactory JSON = new JsonFactory();

    private final ItemWriter writer;

    JsonForm(ItemWriter writer) {
        this.writer = writer;
    }

    /** Returns the item as one line of JSON. */
    public String textOf(Item item) {
        return text(json -> write(item, json));
    }

    /** Returns the current value of the cursor, with everything inside it, as one line of JSON. */
    public String textOf(ItemCursor value) {
        return text(json -> writer.writeValue(value, json));
    }

    void write(Item item, JsonGenerator json) throws IOException {
        writer.writeEntries(item.walk(), json);
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static String text(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The writer of items. Both forms write the entries of a map in the same way, but not a value. */
    private abstract static class ItemWriter {

        /** A setting of Jackson: it escapes only the characters that JSON requires. */
        private static final int NO_LIMIT = 0;

        private static final int LAST_OF_ASCII = 0x7F;

        final void writeEntries(ItemCursor entries, JsonGenerator json) throws IOException {
            json.writeStartObject();
            while (entries.next()) {
                String name = entries.name();
                keepWhole(name, json);
                json.writeFieldName(name);
                writeValue(entries, json);
            }
            json.writeEndObject();
        }

        static void writeText(String text, JsonGenerator json) throws IOException {
            keepWhole(text, json);
            json.writeString(text);
        }

        /** Makes the generator write half of a surrogate pair as an escape, because no encoding can write it. */
        private static void keepWhole(String text, JsonGenerator json) {
            json.setHighestNonEscapedChar(UnicodeText.isWellFormed(text) ? NO_LIMIT : LAST_OF_ASCII);
        }

        abstract void writeValue(ItemCursor cursor, JsonGenerator json) throws IOException;
    }

    private static final class PlainWriter extends ItemWriter {

        /** Writes a text that is no number as a string, because the line must stay valid JSON. */
        private static void writeNumber(String sent, JsonGenerator json) throws IOException {
            Optional<String> number = JsonNumber.of(sent);
            if (number.isPresent()) {
                json.writeNumber(number.get());
            } else {
                writeText(sent, json);
            }
        }

        @Override
        void writeValue(ItemCursor cursor, JsonGenerator json) throws IOException {
            switch (cursor.type()) {
                case S -> writeText(cursor.text(), json);
                case N -> writeNumber(cursor.text(), json);
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

        /** Writes an element of a set: a string without a type, because the set has named the type. */
        private static void writeSetElement(ItemCursor cursor, JsonGenerator json) throws IOException {
            if (cursor.type() == AttributeType.B) {
                json.writeBinary(cursor.binary());
            } else {
                writeText(cursor.text(), json);
            }
        }
    }
}
