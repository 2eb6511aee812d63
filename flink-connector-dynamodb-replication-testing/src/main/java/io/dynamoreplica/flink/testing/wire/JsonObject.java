/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A JSON object of a request. It contains texts, numbers and booleans as text, and objects, but no
 * arrays.
 */
public final class JsonObject {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> scalars = new LinkedHashMap<>();
    private final Map<String, JsonObject> objects = new LinkedHashMap<>();

    private JsonObject() {}

    /** A callback that writes the members of an object. */
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Parses an object.
     *
     * @throws IOException if the text is not an object, or contains an array
     */
    static JsonObject parse(byte[] text) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("A request's body must be a JSON object");
            }
            return rest(json);
        }
    }

    private static JsonObject rest(JsonParser json) throws IOException {
        JsonObject object = new JsonObject();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> object.objects.put(name, rest(json));
                case START_ARRAY -> throw new IOException("No array is expected in " + name);
                case VALUE_NULL -> {
                    // Null is treated like a missing member.
                }
                default -> object.scalars.put(name, json.getText());
            }
        }
        return object;
    }

    static String written(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public boolean has(String name) {
        return scalars.containsKey(name) || objects.containsKey(name);
    }

    /** Returns a member as text: numbers and booleans as JSON writes them. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(scalars.get(name));
    }

    public Optional<Integer> number(String name) {
        return text(name).map(Integer::valueOf);
    }

    public Optional<JsonObject> object(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    /** Returns all members that are not objects. */
    Map<String, String> texts() {
        return Collections.unmodifiableMap(scalars);
    }

    /** Returns all members that are objects. */
    Map<String, JsonObject> objects() {
        return Collections.unmodifiableMap(objects);
    }

    /** Finds a name that is not among the known names; empty if there is none. */
    Optional<String> anyBut(Set<String> known) {
        return Stream.concat(scalars.keySet().stream(), objects.keySet().stream())
                .filter(name -> !known.contains(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return scalars + (objects.isEmpty() ? "" : " " + objects);
    }
}
