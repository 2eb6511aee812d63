/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.Shard;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A program that measures the time that an event takes on the coordinator thread in large jobs. It is not a test,
 * because a slow machine is not a bug. Run it by hand before and after a change of the protocol:
 *
 * <pre>
 *   java -cp target/classes:target/test-classes:... io.dynamoreplica.flink.protocol.JobSizes
 * </pre>
 */
final class JobSizes {

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 400;
    private static final long LONGEST_NANOS = 3_000_000_000L;

    private final Protocol protocol;
    private final List<TableRules> rules;
    private final int parallelism;
    private final Deque<Assign> assigned = new ArrayDeque<>();
    private ProtocolState state;
    private long time = Story.BEGINNING;

    private JobSizes(int tables, int parallelism, int segments) {
        this.parallelism = parallelism;
        this.rules = IntStream.range(0, tables)
                .mapToObj(table -> Rules.named("table-" + table, Rules.with(Rules.scan(segments, 2, true))))
                .toList();
        this.protocol = new Protocol(rules);
        this.state = protocol.initial(new EnumeratorState(Map.of()), parallelism);
    }

    public static void main(String[] args) {
        System.out.println("microseconds per event; the second round counts");
        for (int round = 0; round < 2; round++) {
            new JobSizes(100, 8, 70).measure("100 tables, 8 readers, 70 segments each", 1);
            new JobSizes(1, 100, 100_000).measure("1 table, 100 readers, 100,000 segments", 1);
            new JobSizes(1, 8, 1_000).measure("1 table, 8 readers, 10,000 shards", 10_000);
        }
    }

    private void measure(String what, int shards) {
        begin(shards);
        System.out.println(what);
        print("a segment ends", this::endNext);
        print("nothing happens", () -> step(new Woken("table-0", 0, Phase.SETTLING)));
        print("a listing during the copy", () -> list(rules.get(0), shards));
    }

    private void begin(int shards) {
        step(new Started());
        describe(0);
        rules.forEach(rule -> list(rule, shards));
        IntStream.range(0, parallelism).forEach(reader -> step(new ReaderReported(reader, List.of(), List.of())));
    }

    private void describe(long verification) {
        for (TableRules rule : rules) {
            Identity identity = new Identity("id", "arn:" + rule.table());
            step(new TableDescribed(
                    rule.table(), verification, new Description(identity, true, Optional.empty(), 0, time)));
        }
    }

    private void list(TableRules rule, int shards) {
        List<Shard> listing = IntStream.range(0, shards)
                .mapToObj(shard -> new Shard("shard-" + shard, null, false))
                .toList();
        step(new ShardsListed(rule.table(), "arn:" + rule.table(), true, listing, time));
    }

    private void endNext() {
        Assign next = assigned.remove();
        List<ReplicationSplit> splits = next.splits();
        if (splits.size() > 1) {
            assigned.addFirst(new Assign(next.subtask(), splits.subList(1, splits.size())));
        }
        step(new SplitsEnded(next.subtask(), List.of(splits.get(0))));
    }

    private void step(ProtocolEvent event) {
        time += 1;
        Transition step = protocol.step(state, event);
        state = step.state();
        step.actions().stream()
                .filter(Assign.class::isInstance)
                .map(Assign.class::cast)
                .forEach(assigned::add);
    }

    /** Prints the processor time, so that a busy machine does not change it. */
    private static void print(String what, Runnable event) {
        long begun = THREAD.getCurrentThreadCpuTime();
        long used = 0;
        int events = 0;
        while (events < EVENTS && used < LONGEST_NANOS) {
            event.run();
            events++;
            used = THREAD.getCurrentThreadCpuTime() - begun;
        }
        System.out.printf(Locale.ROOT, "  %-28s %,12.1f%n", what, used / 1e3 / events);
    }
}
