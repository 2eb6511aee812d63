/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.protocol.SplitStatus.Unassigned;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the counts of a ledger are those of its entries. */
class SplitLedgerTest {

    private static final int READERS = 3;

    /** More than fit into one run of entries. */
    private static final int SEGMENTS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itsAnswersAreThoseOfAWalkThroughAllEntries(long seed) {
        Random random = new Random(seed);
        SplitLedger ledger = SplitLedger.EMPTY.add(segments()).add(shards(0, 250));
        for (int step = 0; step < 600; step++) {
            SplitLedger next = changed(ledger, random, step);
            assertCounted(next);
            assertCoveredSince(ledger, next);
            ledger = next;
        }
        assertThat(ledger.everySegmentEnded()).isTrue();
    }

    /** Returns the ledger after a step. First splits are assigned, then more of them end than come back. */
    private static SplitLedger changed(SplitLedger ledger, Random random, int step) {
        int reader = random.nextInt(READERS);
        List<ReplicationSplit> some = ledger.entries().stream()
                .filter(entry -> random.nextInt(20) == 0)
                .map(SplitEntry::split)
                .toList();
        List<ReplicationSplit> waiting = some.stream()
                .filter(split -> status(ledger, split) instanceof Unassigned)
                .toList();
        if (step > 500) {
            return everythingEnds(ledger);
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> ledger.assign(waiting, reader);
            case 2, 3 -> ledger.ended(reader, some);
            case 4 -> ledger.checkpointStarted(step);
            case 5 -> ledger.checkpointCompleted(step - 3);
            case 6 -> ledger.readerReset(reader, some.subList(0, Math.min(2, some.size())));
            default -> shardsComeAndGo(ledger, random, step);
        };
    }

    private static SplitLedger shardsComeAndGo(SplitLedger ledger, Random random, int step) {
        List<String> gone = ledger.entries().stream()
                .filter(entry -> entry.split() instanceof ShardSplit)
                .map(entry -> entry.split().splitId())
                .filter(splitId -> random.nextInt(50) == 0)
                .toList();
        return ledger.without(gone).add(shards(1_000 + step, 2));
    }

    private static SplitLedger everythingEnds(SplitLedger ledger) {
        List<ReplicationSplit> all =
                ledger.entries().stream().map(SplitEntry::split).toList();
        return ledger.assign(all, 0).ended(0, all);
    }

    private static SplitStatus status(SplitLedger ledger, ReplicationSplit split) {
        return ledger.find(split.splitId()).orElseThrow().status();
    }

    private static void assertCounted(SplitLedger ledger) {
        List<SplitEntry> entries = List.copyOf(ledger.entries());
        assertThat(entries)
                .allMatch(entry -> ledger.find(entry.split().splitId()).orElseThrow() == entry);
        assertThat(ledger.unassigned())
                .isEqualTo(entries.stream().filter(isWaiting()).count());
        assertThat(ledger.unassignedSegments()).containsExactlyElementsOf(waitingSegments(entries));
        assertThat(ledger.everySegmentEnded())
                .isEqualTo(segments(entries).allMatch(entry -> entry.status() instanceof Ended));
        assertThat(ledger.everySegmentCovered())
                .isEqualTo(segments(entries).allMatch(entry -> entry.status().isCovered()));
        for (int reader = 0; reader < READERS; reader++) {
            int subtask = reader;
            assertThat(ledger.segmentsByReader().getOrDefault(reader, 0L)
                            + ledger.shardsByReader().getOrDefault(reader, 0L))
                    .isEqualTo(entries.stream()
                            .filter(entry -> entry.isAssignedTo(subtask))
                            .count())
                    .isEqualTo(ledger.assignedTo(reader).size());
        }
    }

    private static void assertCoveredSince(SplitLedger before, SplitLedger after) {
        List<SplitEntry> walked = new ArrayList<>(after.entries());
        walked.removeIf(entry -> !entry.status().isCovered()
                || before.find(entry.split().splitId())
                        .filter(was -> was.status().isCovered())
                        .isPresent());
        assertThat(after.coveredSince(before)).containsExactlyElementsOf(walked);
    }

    private static Predicate<SplitEntry> isWaiting() {
        return entry -> entry.status() instanceof Unassigned;
    }

    private static List<ScanSplit> waitingSegments(List<SplitEntry> entries) {
        return segments(entries)
                .filter(isWaiting())
                .map(entry -> (ScanSplit) entry.split())
                .toList();
    }

    private static Stream<SplitEntry> segments(List<SplitEntry> entries) {
        return entries.stream().filter(entry -> entry.split() instanceof ScanSplit);
    }

    private static List<ScanSplit> segments() {
        return IntStream.range(0, SEGMENTS)
                .mapToObj(segment -> new ScanSplit("orders", 1, segment, SEGMENTS, ScanPosition.START))
                .toList();
    }

    private static List<ShardSplit> shards(int first, int howMany) {
        return IntStream.range(first, first + howMany)
                .mapToObj(shard -> new ShardSplit(
                        new ShardKey("orders", "arn", "shard-" + shard),
                        1,
                        ShardPosition.BEGINNING,
                        0,
                        ShardSplit.DROP_NOTHING))
                .toList();
    }
}
