/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.List;

/** Broken rules about the meaning of an answer for a reader, and about the state that it keeps. */
final class ReadingMutations {

    static final List<Mutation> ALL = List.of(
            new Mutation(
                    "the records of a final page are lost",
                    "NoSilentGap",
                    "reader.cursor.ShardCursor",
                    "return new Outcome.Read(page, untouched",
                    """
                            return new Outcome.Read(
                                    page.nextIterator().isPresent()
                                            ? page
                                            : new ShardPage(
                                                    java.util.List.of(),
                                                    page.nextIterator(),
                                                    0,
                                                    page.serverTime()),
                                    untouched"""),
            new Mutation(
                    "an iterator is renewed where the split began",
                    "Resume",
                    "reader.cursor.ShardCursor",
                    "new SplitCall.GetShardIterator(split.shard(), fetched)",
                    "new SplitCall.GetShardIterator(split.shard(), split.position())"),
            new Mutation(
                    "an iterator is renewed at the oldest record",
                    "Resume",
                    "reader.cursor.ShardCursor",
                    "new SplitCall.GetShardIterator(split.shard(), fetched)",
                    "new SplitCall.GetShardIterator(split.shard(),"
                            + " io.dynamoreplica.flink.split.ShardPosition.OLDEST_KEPT)"),
            new Mutation(
                    "a page without records ends a shard",
                    "NoSilentGap",
                    "reader.cursor.Outcome",
                    "return page.nextIterator().isEmpty();",
                    "return page.nextIterator().isEmpty() || page.records().isEmpty();"),
            new Mutation(
                    "throttling ends a shard",
                    "NoSilentGap",
                    "reader.cursor.ShardCursor",
                    "return new Outcome.Refused(refusal, dueAt);",
                    "return new Outcome.NothingKept();"),
            new Mutation(
                    "a shard that was trimmed is complete",
                    "NoSilentGap",
                    "reader.cursor.ShardCursor",
                    "? gap(refusal, now)",
                    "? new Outcome.NothingKept()"),
            new Mutation(
                    "a shard that gives nothing many times is complete, open or not",
                    "NoSilentGap",
                    "reader.cursor.ShardCursor",
                    "oftenEnough && closed",
                    "oftenEnough"),
            new Mutation(
                    "a shard that is trimmed before its first record is a loss at once",
                    "NoFalseGap",
                    "reader.cursor.ShardCursor",
                    "fetched instanceof ShardPosition.After && !unwanted",
                    "!(fetched instanceof ShardPosition.OldestKept)"),
            new Mutation(
                    "a shard that was not asked for a day goes on where the stream begins",
                    "NoSilentGap",
                    "reader.cursor.ShardCursor",
                    "untouched && trimDetector.mayHaveLostRecordsAt(answered)",
                    "untouched && answered < 0"),
            new Mutation(
                    "an empty page ends a segment in the state",
                    "Resume",
                    "reader.cursor.ScanSplitState",
                    "page.lastEvaluatedKey()",
                    "page.lastEvaluatedKey().filter(key -> !page.items().isEmpty())"),
            new Mutation(
                    "the position of a segment stays where it began",
                    "Resume",
                    "reader.cursor.ScanSplitState",
                    ".<ScanPosition>map(ScanPosition.After::new)",
                    ".<ScanPosition>map(key -> split.position())"),
            new Mutation(
                    "a shard at its tip is polled without a rest",
                    "BoundedCalls",
                    "reader.cursor.ShardCursor",
                    "dueAt = records > 0 ? now : now + terms.pollMillis();",
                    "dueAt = now;"),
            new Mutation(
                    "a call that was refused is repeated without a rest",
                    "BoundedCalls",
                    "reader.cursor.ShardCursor",
                    "dueAt = now + backoff.delay(refusals, split.splitId());",
                    "dueAt = now;"));

    private ReadingMutations() {}
}
