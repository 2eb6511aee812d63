/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

/** About what the values of one decoded answer take in memory. Not thread-safe. */
final class MemoryEstimate {

    /**
     * What a value takes beyond its text, on a 64-bit JVM with compressed pointers: the SDK's value
     * object 72 bytes, an entry of a hash map 48, the two strings' headers 80.
     */
    private static final long BYTES_PER_VALUE = 200;

    /** An element of a set is a string or an array of bytes in a list. */
    private static final long BYTES_PER_ELEMENT = 56;

    private long bytes;

    /** A value of any type, inside maps and lists too, without what is in it. */
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
