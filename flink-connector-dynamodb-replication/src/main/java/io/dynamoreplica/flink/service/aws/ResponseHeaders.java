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

/** The reading of an answer's HTTP headers. */
final class ResponseHeaders {

    private ResponseHeaders() {}

    /**
     * Returns when the server answered, on its own clock, to the second. Every server sends this time.
     * The local clock can be wrong, so it must not decide whether changes were lost.
     */
    static Instant serverTime(SdkResponse response) {
        return AnswerParts.sent(
                header(response, "Date").flatMap(ResponseHeaders::parse).orElse(null),
                "Date header that could be read");
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(SdkResponse response, String name) {
        return response.sdkHttpResponse().firstMatchingHeader(name);
    }
}
