/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;

/** The routes by which changes can leave the stream unread. */
@Internal
public enum GapCause {
    /** The records at a position we need are past the 24 hours that a stream keeps. */
    TRIMMED("records that were not read yet are no longer in the stream"),
    /**
     * A shard of which nothing was read yet has not been looked at for the 24 hours that a stream
     * keeps: it can have lost its first records without any error.
     */
    AGED_OUT("a shard was not begun within the 24 hours for which the stream keeps its records"),
    /** A shard we need is listed no more, and refuses an iterator. */
    VANISHED("a shard that was not read to its end is no longer in the stream"),
    /** A shard names a parent that we needed and never saw. */
    ORPHAN("the parent of a new shard was never seen, so its records were not read"),
    /** The table or its stream is another one than before. */
    REPLACED("the table or its stream was replaced by another one of the same name"),
    /** The stream is switched off, or its view type leaves out what is needed. */
    DISABLED("the stream is switched off or leaves out what is needed, so changes are no longer" + " recorded");

    private final String meaning;

    GapCause(String meaning) {
        this.meaning = meaning;
    }

    /** What it means, as a part of a sentence. */
    public String meaning() {
        return meaning;
    }
}
