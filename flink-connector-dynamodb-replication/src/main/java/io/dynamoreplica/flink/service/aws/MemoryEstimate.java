/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

/** An estimate of the memory that the values of one decoded answer take. Not thread-safe. */
final class MemoryEstimate {

    /**
     * The memory of a value without its text, on a 64-bit JVM with compressed pointers: 72 bytes for the
     * SDK's value object, 48 for an entry of a hash map, 80 for the headers of two strings.
     */
    private static final long BYTES_PER_VALUE = 200;

    /** An element of a set is a string or an array of bytes in a list. */
    private static final long BYTES_PER_ELEMENT = 56;

    private long bytes;

    /** Adds a value of any type without its content; values inside maps and lists count as well. */
    void value(String name) {
        bytes += BYTES_PER_VALUE + name.length();
    }

    void content(int length) {
        bytes += length;
    }

    void element(int length) {
        bytes += BYTES_PER_ELEMENT + length;
    }

    long bytes() {
        return bytes;
    }
}
