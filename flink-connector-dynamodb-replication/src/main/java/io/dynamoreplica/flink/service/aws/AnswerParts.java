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
 * What every part of an answer is held to before it is used. The SDK leaves out what it cannot read
 * and reads an empty body or object, as a proxy on the way may send, as an answer without any part;
 * either would pass for the end of a segment or shard, or for an item without attributes.
 *
 * <p>DynamoDB's checksum shows most damages before, but not every endpoint and proxy hands it on.
 */
final class AnswerParts {

    private AnswerParts() {}

    /**
     * A part that DynamoDB always sends.
     *
     * @throws SdkClientException if it is not there
     */
    static <T> T sent(T part, String name) {
        if (part == null) {
            throw incomplete("The answer has no " + name);
        }
        return part;
    }

    /** As {@link #sent}, for a text that says something. */
    static String sentText(String part, String name) {
        if (sent(part, name).isEmpty()) {
            throw incomplete("The answer has an empty " + name);
        }
        return part;
    }

    /**
     * A text that DynamoDB may leave out. Absent, null and empty are the same: its documentation
     * says "empty" where its answers have nothing.
     */
    static Optional<String> textIfSent(String part) {
        return Optional.ofNullable(part).filter(text -> !text.isEmpty());
    }

    /** As {@link #sent}, for each of the parts. */
    static <T> List<T> eachSent(List<T> parts, String name) {
        parts.forEach(part -> sent(part, name));
        return parts;
    }

    /** What passes: the same call is answered in full another time. */
    static SdkClientException incomplete(String what) {
        return SdkClientException.create(what + ": it is not DynamoDB's, or not whole");
    }

    /**
     * An item, image or key: as {@link #known}, and not empty.
     *
     * @throws SdkClientException if there is nothing in it
     */
    static Map<String, AttributeValue> whole(Map<String, AttributeValue> image, String name, MemoryEstimate memory) {
        if (sent(image, name).isEmpty()) {
            throw incomplete("The answer has an empty " + name);
        }
        return known(image, memory);
    }

    /**
     * Attributes of which every value is there and of a type that is known.
     *
     * @param memory is told of each value
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
                // Says all by being there.
            }
            case UNKNOWN_TO_SDK_VERSION ->
                throw new ReplicationException("Attribute "
                        + attribute
                        + " has a value of a type that this version of the connector"
                        + " does not know, or none. If DynamoDB has a new type of"
                        + " attribute, use a newer version of the connector");
        }
    }

    private static <T> void elements(List<T> elements, String attribute, Consumer<T> each) {
        eachSent(elements, "element of attribute " + attribute).forEach(each);
    }

    private static int length(SdkBytes bytes) {
        return bytes.asByteArrayUnsafe().length;
    }
}
