/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.ReplicationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The checks of the parts of an answer before they are used. The SDK leaves out parts that it cannot
 * read. It reads an empty body or object, which a proxy may send, as an answer without any part. Both
 * would look like the end of a segment or shard, or like an item without attributes.
 *
 * <p>DynamoDB's checksum finds most damaged answers before, but not every endpoint and proxy passes it
 * on.
 */
final class AnswerParts {

    private AnswerParts() {}

    /**
     * Returns a part that DynamoDB always sends.
     *
     * @throws SdkClientException if it is missing
     */
    static <T> T sent(T part, String name) {
        if (part == null) {
            throw incomplete("The answer has no %s".formatted(name));
        }
        return part;
    }

    /** Does the same as {@link #sent} for a text that must not be empty. */
    static String sentText(String part, String name) {
        if (sent(part, name).isEmpty()) {
            throw incomplete("The answer has an empty %s".formatted(name));
        }
        return part;
    }

    /**
     * Returns a text that DynamoDB may leave out. Absent, null and empty mean the same: DynamoDB's
     * documentation says "empty" where its answers have no such part.
     */
    static Optional<String> textIfSent(String part) {
        return Optional.ofNullable(part).filter(text -> !text.isEmpty());
    }

    /** Does the same as {@link #sent} for each of the parts. */
    static <T> List<T> eachSent(List<T> parts, String name) {
        parts.forEach(part -> sent(part, name));
        return parts;
    }

    /** Returns a transient error: the same call can have a complete answer another time. */
    static SdkClientException incomplete(String what) {
        return SdkClientException.create("%s: it is not DynamoDB's, or not complete".formatted(what));
    }

    /**
     * Returns an item, image or key, checked by {@link #known}.
     *
     * @throws SdkClientException if it is empty
     */
    static Map<String, AttributeValue> whole(Map<String, AttributeValue> image, String name, MemoryEstimate memory) {
        if (sent(image, name).isEmpty()) {
            throw incomplete("The answer has an empty %s".formatted(name));
        }
        return known(image, memory);
    }

    /**
     * Returns attributes of which every value is present and of a known type.
     *
     * @param memory told of each value
     * @throws SdkClientException if a value is missing
     * @throws ReplicationException if a value is of an unknown type
     */
    static Map<String, AttributeValue> known(Map<String, AttributeValue> image, MemoryEstimate memory) {
        sent(image, "item").forEach((attribute, value) -> check(attribute, value, memory));
        return image;
    }

    private static void check(String attribute, AttributeValue value, MemoryEstimate memory) {
        memory.value(attribute);
        switch (sent(value, "value of attribute " + attribute).type()) {
            case S ->
                memory.content(sent(value.s(), "text of attribute " + attribute).length());
            case N ->
                memory.content(
                        sent(value.n(), "number of attribute " + attribute).length());
            case B -> memory.content(length(sent(value.b(), "bytes of attribute " + attribute)));
            case BOOL -> sent(value.bool(), "truth of attribute " + attribute);
            case M -> value.m().forEach((name, inner) -> check(name, inner, memory));
            case L -> value.l().forEach(element -> check(attribute, element, memory));
            case SS -> elements(value.ss(), attribute, text -> memory.element(text.length()));
            case NS -> elements(value.ns(), attribute, number -> memory.element(number.length()));
            case BS -> elements(value.bs(), attribute, bytes -> memory.element(length(bytes)));
            case NUL -> {
                // NULL has no content.
            }
            case UNKNOWN_TO_SDK_VERSION ->
                throw new ReplicationException(
                        """
                        Attribute %s has a value of a type that this version of the connector does not know, or no \
                        value. If DynamoDB has a new type of attribute, use a newer version of the connector"""
                                .formatted(attribute));
        }
    }

    private static <T> void elements(List<T> elements, String attribute, Consumer<T> each) {
        eachSent(elements, "element of attribute " + attribute).forEach(each);
    }

    private static int length(SdkBytes bytes) {
        return bytes.asByteArrayUnsafe().length;
    }
}
