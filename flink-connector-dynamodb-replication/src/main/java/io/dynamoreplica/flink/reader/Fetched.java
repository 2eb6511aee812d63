/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.GapCause;
import java.time.Instant;
import java.util.List;

/**
 * An element on its way from the fetcher to the task. A checkpoint falls between elements, never
 * inside one.
 */
sealed interface Fetched {

    /** What the task is to be told of an outcome, in this order; nothing of many. */
    static List<Fetched> of(Outcome outcome) {
        if (outcome instanceof Outcome.Scanned scanned) {
            return List.of(new ScannedPage(scanned.page(), scanned.keyNames()));
        } else if (outcome instanceof Outcome.Gap gap) {
            return List.of(new ShardGap(gap.cause(), gap.detail(), gap.goesOn()));
        } else if (outcome instanceof Outcome.NothingGiven nothing) {
            return List.of(new ShardUnread(nothing.refusal().message()));
        } else if (outcome instanceof Outcome.Read read && read.proof().isPresent()) {
            return List.of(new ShardProof(read.proof().getAsLong()));
        } else if (outcome instanceof Outcome.Read read) {
            Instant answered = read.page().serverTime();
            return read.page().records().stream()
                    .<Fetched>map(record -> new ShardRecord(record, answered))
                    .toList();
        }
        return List.of();
    }

    /**
     * A whole page of a Scan, possibly without items: DynamoDB has no position inside a page.
     *
     * @param keyNames names of the table's key attributes
     */
    record ScannedPage(ScanPage page, List<String> keyNames) implements Fetched {}

    /**
     * A record of a shard; each is a position.
     *
     * @param answered when DynamoDB answered with it, on its own clock
     */
    record ShardRecord(StreamRecord record, Instant answered) implements Fetched {}

    /**
     * The shard, of which nothing was read yet, was asked and is whole; without this, one that
     * stays idle for longer than the stream keeps its records would look after a restore as if it
     * could have lost some.
     *
     * @param time milliseconds since 1970 on DynamoDB's clock
     */
    record ShardProof(long time) implements Fetched {}

    /**
     * The stream has lost what comes after the elements before this one. It travels behind them, so
     * that the gap is reported for the position that was emitted.
     *
     * @param goesOn whether the elements behind it begin at the oldest record kept; else none come
     */
    record ShardGap(GapCause cause, String detail, boolean goesOn) implements Fetched {}

    /**
     * DynamoDB gives no record of the shard, of which none was read yet.
     *
     * @param detail what DynamoDB answered
     */
    record ShardUnread(String detail) implements Fetched {}
}
