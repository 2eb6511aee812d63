/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON document to be damaged: members keep their order and may be repeated, and any text can
 * replace a value.
 */
sealed interface JsonTree {

    void write(StringBuilder out);

    /** An object; modifiable. */
    record JsonMembers(List<Member> members) implements JsonTree {
        @Override
        public void write(StringBuilder out) {
            String separator = "{";
            for (Member member : members) {
                out.append(separator).append(quoted(member.name())).append(':');
                member.value().write(out);
                separator = ",";
            }
            out.append(members.isEmpty() ? "{}" : "}");
        }
    }

    record Member(String name, JsonTree value) {}

    /** An array; modifiable. */
    record JsonElements(List<JsonTree> elements) implements JsonTree {
        @Override
        public void write(StringBuilder out) {
            String separator = "[";
            for (JsonTree element : elements) {
                out.append(separator);
                element.write(out);
                separator = ",";
            }
            out.append(elements.isEmpty() ? "[]" : "]");
        }
    }

    /** A text, number, boolean or null, or a text that is not valid JSON. */
    record Written(String text) implements JsonTree {
        @Override
        public void write(StringBuilder out) {
            out.append(text);
        }

        boolean isText() {
            return text.startsWith("\"");
        }
    }

    static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    default byte[] bytes() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static JsonTree parse(byte[] json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("A true answer must be JSON", e);
        }
    }

    private static JsonTree value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                List<Member> members = new ArrayList<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.add(new Member(name, value(parser)));
                }
                yield new JsonMembers(members);
            }
            case START_ARRAY -> {
                List<JsonTree> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield new JsonElements(elements);
            }
            case VALUE_STRING -> new Written(quoted(parser.getText()));
            default -> new Written(parser.getText());
        };
    }
}
