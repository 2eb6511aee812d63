/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.dynamoreplica.flink.projection.Excerpt;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * The text form of {@code scan.expression-attribute-names}: a JSON object with the attribute name
 * for each placeholder. DynamoDB's own tools use the same form.
 */
@Internal
public final class ExpressionAttributeNames {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ExpressionAttributeNames() {}

    /**
     * Parses the value of the option.
     *
     * @return the names, in the order of the text
     * @throws IllegalConfigurationException if the text is not a JSON object of strings; the message
     *     says where
     */
    public static Map<String, String> parse(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            Map<String, String> names = new LinkedHashMap<>();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw illegal(json, "It is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String placeholder = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw illegal(json, "The value of '%s' is not a string".formatted(placeholder));
                }
                names.put(placeholder, parser.getText());
            }
            if (parser.nextToken() != null) {
                throw illegal(json, "There is more text after the object");
            }
            return names;
        } catch (JsonProcessingException wrong) {
            long where = wrong.getLocation().getCharOffset();
            throw illegal(json, "%s (character %s)".formatted(wrong.getOriginalMessage(), where));
        } catch (IOException impossible) {
            throw new UncheckedIOException("Reading from memory failed", impossible);
        }
    }

    /** Returns the value of the option for these names. */
    public static String write(Map<String, String> names) {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(json)) {
            generator.writeStartObject();
            for (Map.Entry<String, String> name : names.entrySet()) {
                generator.writeStringField(name.getKey(), name.getValue());
            }
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("Writing to memory failed", impossible);
        }
        return json.toString();
    }

    private static IllegalConfigurationException illegal(String json, String why) {
        String message =
                """
                Option '%s' has the value '%s'. %s. Allowed is a JSON object of strings, such as \
                {"#c": "city-name"}.""";
        return new IllegalConfigurationException(
                message.formatted(ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES.key(), Excerpt.of(json), why));
    }
}
