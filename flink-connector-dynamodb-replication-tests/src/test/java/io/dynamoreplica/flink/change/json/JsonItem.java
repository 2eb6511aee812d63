/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * An item as DynamoDB's JSON text. Each walk parses the text again, and only as far as the walk goes. It is
 * the strictest form of the cursor's contract, because nothing can be read twice or out of order.
 */
public final class JsonItem implements Item {

    private static final JsonFactory JSON = new JsonFactory();

    private final String text;

    public JsonItem(String text) {
        this.text = text;
    }

    public static JsonItem of(Item item) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            JsonForm.DYNAMODB.write(item, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new JsonItem(text.toString());
    }

    @Override
    public ItemCursor walk() {
        try {
            JsonParser parser = JSON.createParser(text);
            parser.nextToken();
            return new Cursor(parser, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A cursor inside an object or array. The elements of a set have {@code elementType}. In all other cases
     * each value names its type.
     */
    private static final class Cursor implements ItemCursor {

        private final JsonParser parser;
        private final JsonStreamContext inside;
        private final AttributeType elementType;
        private boolean ended;
        private boolean entered;
        private String name;
        private AttributeType type;

        Cursor(JsonParser parser, AttributeType elementType) {
            this.parser = parser;
            this.inside = parser.getParsingContext();
            this.elementType = elementType;
        }

        @Override
        public boolean next() {
            try {
                return !ended && advance();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean advance() throws IOException {
            while (parser.getParsingContext() != inside) {
                parser.nextToken();
            }
            entered = false;
            JsonToken token = parser.nextToken();
            if (token.isStructEnd()) {
                ended = true;
                return false;
            }
            if (elementType != null) {
                type = elementType;
                return true;
            }
            if (token == JsonToken.FIELD_NAME) {
                name = parser.currentName();
                parser.nextToken();
            }
            type = AttributeType.valueOf(parser.nextFieldName());
            parser.nextToken();
            return true;
        }

        @Override
        public String name() {
            if (name == null) {
                throw new IllegalStateException("No name here");
            }
            return name;
        }

        @Override
        public AttributeType type() {
            return type;
        }

        @Override
        public String text() {
            expect(type == AttributeType.S || type == AttributeType.N);
            try {
                return parser.getText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] binary() {
            expect(type == AttributeType.B);
            try {
                return parser.getBinaryValue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean bool() {
            expect(type == AttributeType.BOOL);
            return parser.currentToken() == JsonToken.VALUE_TRUE;
        }

        @Override
        public ItemCursor enter() {
            expect(!entered);
            entered = true;
            return switch (type) {
                case M, L -> new Cursor(parser, null);
                case SS -> new Cursor(parser, AttributeType.S);
                case NS -> new Cursor(parser, AttributeType.N);
                case BS -> new Cursor(parser, AttributeType.B);
                default -> throw new IllegalStateException("Nothing to enter in " + type);
            };
        }

        private void expect(boolean readable) {
            if (!readable || ended) {
                throw new IllegalStateException("Not to be read from a " + type + " now");
            }
        }
    }
}
