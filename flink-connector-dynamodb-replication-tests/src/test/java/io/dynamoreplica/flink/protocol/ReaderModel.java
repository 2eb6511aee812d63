/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A reader as the protocol sees it: the splits that it has to read, and those that it has finished. */
final class ReaderModel {

    final Map<String, ReplicationSplit> held = new LinkedHashMap<>();
    final Map<String, ReplicationSplit> finished = new LinkedHashMap<>();

    /** The ids of all splits that it ever finished, including forgotten ones: not state, but the truth. */
    final Set<String> everFinished = new TreeSet<>();

    /** Messages after a barrier that has not reached this reader yet. */
    final List<Runnable> mailbox = new ArrayList<>();

    /** Epochs that it was told are complete in this attempt, repetitions included. */
    final List<Long> ends = new ArrayList<>();

    boolean reported;
    boolean noMoreSplits;
    boolean behindBarrier;

    static ReaderModel restored(List<ReplicationSplit> state, Set<String> everFinished) {
        ReaderModel reader = new ReaderModel();
        reader.everFinished.addAll(everFinished);
        for (ReplicationSplit split : state) {
            (split.isFinished() ? reader.finished : reader.held).put(split.splitId(), split);
        }
        return reader;
    }

    void deliver(Runnable message) {
        if (behindBarrier) {
            mailbox.add(message);
        } else {
            message.run();
        }
    }

    void withdraw(String table, long epoch) {
        Predicate<ReplicationSplit> isVoid = split -> split.table().equals(table) && split.epoch() <= epoch;
        held.values().removeIf(isVoid);
        finished.values().removeIf(isVoid);
    }

    /** Receives a message. A message to a reader that may have finished would fail the job over. */
    void told(SendEpochEnded end) {
        if (!reported || noMoreSplits) {
            throw new AssertionError("This reader must not get a message: " + end);
        }
        deliver(() -> ends.add(end.epoch()));
    }

    List<ReplicationSplit> barrier() {
        List<ReplicationSplit> state = new ArrayList<>(held.values());
        state.addAll(finished.values());
        behindBarrier = false;
        List<Runnable> waiting = List.copyOf(mailbox);
        mailbox.clear();
        waiting.forEach(Runnable::run);
        return state;
    }

    ReplicationSplit finish(String splitId) {
        if (!held.containsKey(splitId)) {
            throw new AssertionError("The reader has " + held.keySet() + ", not " + splitId);
        }
        ReplicationSplit split = held.remove(splitId);
        ReplicationSplit ended =
                split instanceof ScanSplit scan ? scan.at(ScanPosition.END) : ended((ShardSplit) split);
        finished.put(splitId, ended);
        everFinished.add(splitId);
        return ended;
    }

    private static ShardSplit ended(ShardSplit shard) {
        return shard.at(ShardPosition.END, shard.proof(), shard.dropBefore());
    }
}
