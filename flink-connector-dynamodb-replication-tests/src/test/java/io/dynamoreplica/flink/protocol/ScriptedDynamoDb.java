/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.LimitWait;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.Probe;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.WaitedLongEnough;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A DynamoDB that answers the protocol's calls from scripted tables, and keeps the time. */
final class ScriptedDynamoDb {

    /** Actions that a story only records. */
    private static final Set<Class<? extends ProtocolAction>> ONLY_RECORDED = Set.of(
            ProtocolAction.AwaitNextCopy.class,
            ProtocolAction.FailForRepeatedLoss.class,
            ProtocolAction.FailForSlowCopies.class,
            ProtocolAction.SendNothingToRead.class,
            ProtocolAction.NoteGap.class,
            ProtocolAction.NotePause.class,
            ProtocolAction.NoteUnfit.class,
            ProtocolAction.SendShardClosed.class);

    /** The order of a listing. */
    UnaryOperator<List<Shard>> order = UnaryOperator.identity();

    private final Map<String, ScriptedTable> tables;
    private final Consumer<ProtocolEvent> answers;
    private final Deque<ProtocolEvent> heldBack = new ArrayDeque<>();
    private final Map<String, Long> listings = new LinkedHashMap<>();
    private final List<Wake> wakes = new ArrayList<>();
    private boolean holdsAnswersBack;

    private record Wake(ProtocolEvent answer, long dueAt) {}

    private long now = Story.BEGINNING;

    ScriptedDynamoDb(Map<String, ScriptedTable> tables, Consumer<ProtocolEvent> answers) {
        this.tables = tables;
        this.answers = answers;
    }

    long now() {
        return now;
    }

    void holdAnswersBack() {
        holdsAnswersBack = true;
    }

    void answerOldest() {
        answers.accept(heldBack.remove());
    }

    void answerAll() {
        holdsAnswersBack = false;
        while (!heldBack.isEmpty()) {
            answerOldest();
        }
    }

    /** Drops all calls and timers: they do not survive a restore. */
    void forgetCalls() {
        heldBack.clear();
        listings.clear();
        wakes.clear();
    }

    void pass(long millis) {
        long until = now + millis;
        while (nextTimer() <= until) {
            now = Math.max(now, nextTimer());
            wakes.stream().filter(wake -> wake.dueAt() <= now).findFirst().ifPresent(this::wake);
            removeDue(listings).ifPresent(this::list);
        }
        now = until;
    }

    void call(ProtocolAction action) {
        if (action instanceof Describe describe) {
            String name = describe.table();
            if (tables.get(name).isDeleted()) {
                answer(new TableGone(name, "", "DescribeTable was refused"));
                return;
            }
            answer(new TableDescribed(
                    name, describe.verification(), tables.get(name).describe(now)));
        } else if (action instanceof ListShards list) {
            if (list.delay() == 0) {
                list(list.table());
            } else {
                listings.merge(list.table(), now + list.delay(), Math::min);
            }
        } else if (action instanceof Probe probe) {
            ShardSplit split = probe.split();
            boolean refused = tables.get(split.table()).refusesIterator(split.shardId());
            answer(new ShardProbed(split.table(), split.shardId(), refused));
        } else if (action instanceof WakeAfter wake) {
            Woken woken = new Woken(wake.table(), wake.epoch(), wake.phase());
            wakes.add(new Wake(woken, now + wake.delay()));
        } else if (action instanceof LimitWait limit) {
            wakes.add(new Wake(new WaitedLongEnough(limit.splitId()), now + limit.delay()));
        } else if (!ONLY_RECORDED.contains(action.getClass())) {
            throw new AssertionError("No story carries out " + action);
        }
    }

    private void wake(Wake wake) {
        wakes.remove(wake);
        answers.accept(wake.answer());
    }

    private long nextTimer() {
        return LongStream.concat(
                        wakes.stream().mapToLong(Wake::dueAt),
                        listings.values().stream().mapToLong(Long::longValue))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void list(String name) {
        ScriptedTable table = tables.get(name);
        List<Shard> shards = order.apply(table.listing());
        String arn = table.describe(now).identity().streamArn();
        if (table.isStreamRefused()) {
            answer(new TableGone(name, arn, "DescribeStream was refused"));
            return;
        }
        answer(new ShardsListed(name, arn, table.listsStreamAsEnabled(), shards, now));
    }

    private void answer(ProtocolEvent event) {
        if (holdsAnswersBack) {
            heldBack.add(event);
        } else {
            answers.accept(event);
        }
    }

    private Optional<String> removeDue(Map<String, Long> timers) {
        Optional<String> due = timers.entrySet().stream()
                .filter(timer -> timer.getValue() <= now)
                .map(Map.Entry::getKey)
                .findFirst();
        due.ifPresent(timers::remove);
        return due;
    }
}
