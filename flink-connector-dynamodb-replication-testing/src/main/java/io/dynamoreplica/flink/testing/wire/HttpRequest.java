/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request, restricted to the form that DynamoDB's clients use: a POST with a known length.
 *
 * @param headers by name, in any case
 */
record HttpRequest(Map<String, String> headers, byte[] body) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /**
     * Reads the next request of a connection; empty if the client has closed the connection
     * instead.
     *
     * @throws IOException if the connection ends in the middle of a request
     */
    static Optional<HttpRequest> read(InputStream in) throws IOException {
        Optional<String> requestLine = line(in);
        if (requestLine.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        while (true) {
            String line = line(in).orElseThrow(EOFException::new);
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).trim(), line.substring(colon + 1).trim());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("A request of " + length + " bytes ended after " + body.length);
        }
        return Optional.of(new HttpRequest(headers, body));
    }

    /** Reads a line without its line end; empty at the end of the connection. */
    private static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("A line of a request has no end");
            }
            line.write(next);
            next = in.read();
        }
        return Optional.of(line.toString(StandardCharsets.ISO_8859_1).stripTrailing());
    }
}
