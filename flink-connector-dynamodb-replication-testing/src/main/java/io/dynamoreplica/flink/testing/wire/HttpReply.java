/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * An HTTP answer before it is sent.
 *
 * @param headers in the order in which they are sent
 * @param body not to be modified
 */
record HttpReply(int status, Map<String, String> headers, byte[] body) {

    private static final String LENGTH = "Content-Length";
    private static final String DATE = "Date";
    private static final String CHECKSUM = "x-amz-crc32";

    /** Makes an answer with the body's correct length and checksum. */
    static HttpReply json(int status, String json) {
        return new HttpReply(status, Map.of(), new byte[0])
                .with("Content-Type", "application/x-amz-json-1.0")
                .with("x-amzn-RequestId", UUID.randomUUID().toString())
                .withBody(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes an HTML answer, as a proxy or a load balancer sends it: without a checksum. */
    static HttpReply html(int status) {
        return new HttpReply(status, Map.of(), new byte[0])
                .with("Content-Type", "text/html")
                .withBody("<html><body>Sorry</body></html>".getBytes(StandardCharsets.UTF_8))
                .without(CHECKSUM);
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, more, body);
    }

    HttpReply without(String header) {
        Map<String, String> less = new LinkedHashMap<>(headers);
        less.remove(header);
        return new HttpReply(status, less, body);
    }

    HttpReply withBody(byte[] other) {
        return new HttpReply(status, headers, other)
                .with(LENGTH, Integer.toString(other.length))
                .with(CHECKSUM, Long.toString(checksum(other)));
    }

    /**
     * Replaces the body as if it was damaged on its way: the length is correct, the checksum is the
     * old one.
     */
    HttpReply withDamagedBody(byte[] other) {
        return new HttpReply(status, headers, other).with(LENGTH, Integer.toString(other.length));
    }

    /** Removes the checksum, as a proxy may do. */
    HttpReply withoutChecksum() {
        return without(CHECKSUM);
    }

    HttpReply withStatus(int other) {
        return new HttpReply(other, headers, body);
    }

    HttpReply withWrongChecksum() {
        return with(CHECKSUM, Long.toString(checksum(body) ^ 1));
    }

    /** Removes the length, for a body that is sent in chunks. */
    HttpReply withoutLength() {
        return without(LENGTH).with("Transfer-Encoding", "chunked");
    }

    /**
     * Returns the status line and the headers. If no date is among the headers, the answer is
     * dated, as every server does.
     */
    byte[] head(Instant now) {
        // Clients read only the number. HTTP requires the space after it even if no reason follows.
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " \r\n");
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
        if (!headers.containsKey(DATE)) {
            head.append(DATE + ": " + date + "\r\n");
        }
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
