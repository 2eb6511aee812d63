/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;

/** What an answer says beside its body. */
final class ResponseHeaders {

    /**
     * What an attribute takes in memory beyond its text, on a 64-bit JVM with compressed pointers:
     * the SDK's value object 72 bytes, an entry of a hash map 48, the two strings' headers 80.
     */
    private static final long BYTES_PER_ATTRIBUTE = 200;

    private ResponseHeaders() {}

    /**
     * When the server answered, by its own clock, to the second. Every server says so; the local
     * clock, which may be wrong, must not decide in its place what was lost.
     */
    static Instant serverTime(SdkResponse response) {
        return AnswerParts.sent(
                header(response, "Date").flatMap(ResponseHeaders::parse).orElse(null),
                "Date header that could be read");
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * About what the decoded answer takes in memory: the length of its JSON, plus a share for each
     * attribute, those inside maps and lists not counted.
     */
    static long memory(SdkResponse response, long attributes) {
        long text = header(response, "Content-Length").map(Long::parseLong).orElse(0L);
        return text + attributes * BYTES_PER_ATTRIBUTE;
    }

    private static Optional<String> header(SdkResponse response, String name) {
        return response.sdkHttpResponse().firstMatchingHeader(name);
    }
}
