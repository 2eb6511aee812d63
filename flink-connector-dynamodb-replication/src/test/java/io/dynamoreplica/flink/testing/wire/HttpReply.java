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
    private static final String CHECKSUM = "x-amz-crc32";

    /** With the length and the checksum that the body has. */
    static HttpReply json(int status, String json) {
        return new HttpReply(status, Map.of(), new byte[0])
                .with("Content-Type", "application/x-amz-json-1.0")
                .with("x-amzn-RequestId", UUID.randomUUID().toString())
                .withBody(json.getBytes(StandardCharsets.UTF_8));
    }

    /** What a proxy or load balancer on the way says: it knows no checksum. */
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

    private HttpReply without(String header) {
        Map<String, String> less = new LinkedHashMap<>(headers);
        less.remove(header);
        return new HttpReply(status, less, body);
    }

    HttpReply withBody(byte[] other) {
        return new HttpReply(status, headers, other)
                .with(LENGTH, Integer.toString(other.length))
                .with(CHECKSUM, Long.toString(checksum(other)));
    }

    HttpReply withWrongChecksum() {
        return with(CHECKSUM, Long.toString(checksum(body) ^ 1));
    }

    /** In chunks, whose number need not be known. */
    HttpReply withoutLength() {
        return without(LENGTH).with("Transfer-Encoding", "chunked");
    }

    /** Status line and headers, dated as every answer of a server is. */
    byte[] head(Instant now) {
        // Clients go by the number; HTTP wants the space behind it even if no reason follows.
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " \r\n");
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
        head.append("Date: " + date + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
