/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.GapCause;
import org.apache.flink.annotation.Internal;

/**
 * Changes of a table that left the stream unread.
 *
 * @param shardId empty if the whole stream is concerned
 * @param detail how it showed
 * @param range when the changes were made
 */
@Internal
public record Gap(GapCause cause, String shardId, String detail, Range range) {

    /** A gap that does not end with one shard. */
    static final String WHOLE_STREAM = "";

    /**
     * Both in milliseconds since 1970, on DynamoDB's clock.
     *
     * @param from the last time up to which nothing was lost
     * @param to when the loss was found
     */
    public record Range(long from, long to) {}

    /** Whether reading sooner would have prevented it. */
    boolean isByAge() {
        return switch (cause) {
            case TRIMMED, AGED_OUT, VANISHED, ORPHAN -> true;
            case REPLACED, DISABLED -> false;
        };
    }
}
