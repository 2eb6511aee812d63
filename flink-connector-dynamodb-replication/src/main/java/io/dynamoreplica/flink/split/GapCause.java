/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

/** The reasons why the stream no longer has changes that the job has not read. */
public enum GapCause {
    /** The records after the position of a split are older than the 24 hours that a stream keeps. */
    TRIMMED("records that were not read yet are no longer in the stream"),
    /**
     * No record of the shard was read for 24 hours, the time for which a stream keeps them. Its
     * first records can have been trimmed without any error.
     */
    AGED_OUT("a shard was not begun within the 24 hours for which the stream keeps its records"),
    /** A needed shard is no longer listed, and DynamoDB refuses an iterator for it. */
    VANISHED("a shard that was not read to its end is no longer in the stream"),
    /** A shard names a parent that is needed and that no listing has shown. */
    ORPHAN("the parent of a new shard was never seen, so its records were not read"),
    /** The table or its stream was replaced by another one of the same name. */
    REPLACED("the table or its stream was replaced by another one of the same name"),
    /** The stream is switched off, or its view type leaves out what is needed. */
    DISABLED("the stream is switched off or leaves out what is needed, so changes are no longer recorded");

    private final String meaning;

    GapCause(String meaning) {
        this.meaning = meaning;
    }

    /** Returns the meaning of the cause, as a part of a sentence. */
    public String meaning() {
        return meaning;
    }
}
