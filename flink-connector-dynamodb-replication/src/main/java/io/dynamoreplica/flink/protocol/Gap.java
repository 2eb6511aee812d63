/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.GapCause;

/**
 * Changes of a table that the stream no longer has and that the job did not read.
 *
 * @param shardId the shard of the changes; empty if the whole stream is concerned
 * @param detail how the gap was found, for messages
 * @param range when the changes were made
 */
public record Gap(GapCause cause, String shardId, String detail, Range range) {

    /** The shard id of a gap that concerns the whole stream. */
    static final String WHOLE_STREAM = "";

    /**
     * Two times in milliseconds since 1970, on DynamoDB's clock.
     *
     * @param from the last time up to which nothing was lost
     * @param to when the loss was found
     */
    public record Range(long from, long to) {}

    /** Returns whether the gap would not exist if the job had read the stream sooner. */
    boolean isByAge() {
        return switch (cause) {
            case TRIMMED, AGED_OUT, VANISHED, ORPHAN -> true;
            case REPLACED, DISABLED -> false;
        };
    }
}
