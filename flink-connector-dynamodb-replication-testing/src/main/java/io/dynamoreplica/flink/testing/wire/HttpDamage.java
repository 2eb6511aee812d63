/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Damages to the status and the headers of an answer. Most of them leave the body unchanged. */
final class HttpDamage {

    private static final List<String> HEADERS =
            List.of("Content-Length", "Content-Type", "x-amz-crc32", "Content-Encoding");

    private static final List<String> VALUES = List.of(
            "", "0", "-1", "1", "abc", "gzip", "text/html", "application/x-amz-cbor-1.1", "9".repeat(30), "1, 2");

    /**
     * The status codes of successes, refusals and other answers. 1xx is left out because it is not
     * a final answer.
     */
    private static final List<Integer> STATUS =
            List.of(201, 204, 205, 206, 299, 301, 304, 307, 400, 404, 413, 500, 599, 999);

    /**
     * The number of added headers. Together with the normal ones they are fewer than the 100 that
     * the client accepts.
     */
    private static final int MORE_HEADERS = 80;

    private HttpDamage() {}

    static AnswerDamage of(HttpReply truth, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> header(truth, random);
            case 1 -> repeatedHeader(truth, random);
            case 2 -> lengthThatIsWrong(truth, random);
            case 3 -> manyHeaders(truth, random);
            case 4 -> chunks(truth, random);
            case 5 -> status(truth, random);
            case 6 -> date(truth, random);
            default -> whole("no checksum", Expectation.THE_TRUTH, truth.withoutChecksum());
        };
    }

    private static AnswerDamage header(HttpReply truth, Random random) {
        String header = one(HEADERS, random);
        String value = one(VALUES, random);
        return damaged(header + ": " + value, truth.with(header, value));
    }

    /** Repeats a header: a line end in a value begins the next header. */
    private static AnswerDamage repeatedHeader(HttpReply truth, Random random) {
        String header = one(HEADERS, random);
        String value = one(VALUES, random);
        String before = truth.headers().getOrDefault(header, value);
        boolean wrongOneFirst = random.nextBoolean();
        String both = wrongOneFirst ? value + "\r\n" + header + ": " + before : before + "\r\n" + header + ": " + value;
        return damaged(header + " twice, the second time " + value, truth.with(header, both));
    }

    private static AnswerDamage lengthThatIsWrong(HttpReply truth, Random random) {
        int length = truth.body().length;
        int wrong = random.nextBoolean() ? random.nextInt(length) : length + 1 + random.nextInt(99);
        return damaged("length " + wrong + " of " + length, truth.with("Content-Length", Integer.toString(wrong)));
    }

    private static AnswerDamage manyHeaders(HttpReply truth, Random random) {
        String more = IntStream.range(0, 1 + random.nextInt(MORE_HEADERS))
                .mapToObj(i -> "x-more-" + i + ": " + "v".repeat(random.nextInt(100)))
                .collect(Collectors.joining("\r\n"));
        return whole("more headers", Expectation.THE_TRUTH, truth.with("x-more", "1\r\n" + more));
    }

    /** Sends the body in chunks, of which one has a wrong length or the last one is missing. */
    private static AnswerDamage chunks(HttpReply truth, Random random) {
        byte[] body = truth.body();
        int broken = random.nextInt(4);
        String length =
                switch (broken) {
                    case 0 -> Integer.toHexString(body.length);
                    case 1 -> Integer.toHexString(random.nextInt(body.length));
                    case 2 -> "zz";
                    default -> "-" + Integer.toHexString(body.length);
                };
        ByteArrayOutputStream chunked = new ByteArrayOutputStream();
        chunked.writeBytes((length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunked.writeBytes(body);
        boolean last = random.nextBoolean();
        chunked.writeBytes((last ? "\r\n0\r\n\r\n" : "\r\n").getBytes(StandardCharsets.US_ASCII));
        return damaged(
                "a chunk of length " + length + (last ? "" : ", not the last"),
                truth.withDamagedBody(chunked.toByteArray()).withoutLength());
    }

    private static AnswerDamage status(HttpReply truth, Random random) {
        int status = one(STATUS, random);
        return damaged("status " + status, truth.withStatus(status));
    }

    /**
     * Damages the date. The server's clock decides which records were lost, so no other clock may
     * replace it. Some answers do not need a time.
     */
    private static AnswerDamage date(HttpReply truth, Random random) {
        String date = one(List.of("", "yesterday", "Sat, 01 Mar 2025", "1740830400"), random);
        return whole("dated " + date, Expectation.REFUSED_OR_THE_TRUTH, truth.with("Date", date));
    }

    private static AnswerDamage damaged(String name, HttpReply reply) {
        return new AnswerDamage(name, Expectation.REFUSED_OR_THE_TRUTH, reply, true);
    }

    private static AnswerDamage whole(String name, Expectation expectation, HttpReply reply) {
        return new AnswerDamage(name, expectation, reply, false);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
