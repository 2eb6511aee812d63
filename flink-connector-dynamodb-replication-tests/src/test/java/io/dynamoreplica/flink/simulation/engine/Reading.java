/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.reader.cursor.ShardCursor;
import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.reader.cursor.SplitCursor;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.Optional;

/** A split that a reader reads: its cursor, the call in progress, and the pages that wait. */
final class Reading {

    /** The same limit as in the reader: one page that is being emitted, and one more that is ready. */
    private static final int PAGES_AHEAD = 2;

    private final ReplicationSplit split;
    private final SplitCursor cursor;
    private Optional<Answer<?>> answer = Optional.empty();
    private int pagesNotEmitted;
    private boolean over;

    Reading(ReplicationSplit split, SplitCursor cursor) {
        this.split = split;
        this.cursor = cursor;
    }

    ReplicationSplit split() {
        return split;
    }

    SplitCursor cursor() {
        return cursor;
    }

    boolean isDue(long now) {
        return mayCall() && cursor.dueAt() <= now;
    }

    boolean mayCall() {
        return !over && answer.isEmpty() && pagesNotEmitted < PAGES_AHEAD;
    }

    SplitCall nextCall(long now) {
        return cursor.call(now);
    }

    /** Takes DynamoDB's answer, which is still on its way to the reader. */
    void answered(Answer<?> given) {
        answer = Optional.of(given);
    }

    boolean hasAnswer() {
        return answer.isPresent();
    }

    Answer<?> takeAnswer() {
        Answer<?> taken = answer.orElseThrow();
        answer = Optional.empty();
        return taken;
    }

    /** Notes that no record will be added to the shard. */
    void shardClosed() {
        ((ShardCursor) cursor).closed();
    }

    void pageFetched() {
        pagesNotEmitted++;
    }

    void pageEmitted() {
        pagesNotEmitted--;
    }

    /** Notes a final outcome: no further call follows. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
