/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.service.TableRequirements;
import io.dynamoreplica.flink.simulation.world.World;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The protocol's calls and timers, as {@code ControlCalls} makes them, in virtual time. Tasks that are due are done
 * in any order. A transient refusal is retried without limit. An answer takes some time to become an event.
 */
final class ControlPlane {

    private static final long FIRST_BACKOFF = 500;
    private static final long LONGEST_BACKOFF = 30_000;
    private static final long NONE = Long.MAX_VALUE;

    private final World world;
    private final DynamoDbService service;
    private final Consumer<ProtocolEvent> events;
    private final Consumer<Observation> observer;
    private final List<Task> tasks = new ArrayList<>();

    private final Set<Object> underWay = new HashSet<>();
    private final Map<String, Long> shortestDelay = new HashMap<>();
    private final Set<String> listing = new HashSet<>();

    /** A task with the time at which it is due. */
    private record Task(long dueAt, Runnable work) {}

    ControlPlane(World world, Consumer<ProtocolEvent> events, Consumer<Observation> observer) {
        this.world = world;
        this.service = world.service();
        this.events = events;
        this.observer = observer;
    }

    int due() {
        long now = world.now();
        int due = 0;
        for (Task task : tasks) {
            if (task.dueAt() <= now) {
                due++;
            }
        }
        return due;
    }

    /** Does one of the tasks that are due. */
    void doAny(Dice dice) {
        int skip = dice.below(due());
        long now = world.now();
        for (int i = 0; ; i++) {
            if (tasks.get(i).dueAt() <= now && skip-- == 0) {
                tasks.remove(i).work().run();
                return;
            }
        }
    }

    /** Returns the time at which the next task is due; far in the future if there is none. */
    long nextDueAt() {
        return tasks.stream().mapToLong(Task::dueAt).min().orElse(NONE);
    }

    void after(long delay, Runnable work) {
        tasks.add(new Task(world.now() + delay, work));
    }

    void after(long delay, ProtocolEvent event) {
        after(delay, () -> events.accept(event));
    }

    void every(long period, ProtocolEvent event) {
        after(period, () -> {
            events.accept(event);
            every(period, event);
        });
    }

    private void answer(ProtocolEvent event) {
        after(0, event);
    }

    private <T> void call(String operation, String table, Supplier<Answer<T>> body, Answered<T> answered) {
        after(0, () -> attempt(new Observation.ControlCall(operation, table), body, answered, 1));
    }

    /** The reactions to an answer. */
    private record Answered<T>(Consumer<T> onOk, Consumer<Refusal> onRefused) {}

    private <T> void attempt(Observation.ControlCall call, Supplier<Answer<T>> body, Answered<T> answered, int n) {
        observer.accept(call);
        Answer<T> answer = body.get();
        if (answer instanceof Answer.Ok<T> ok) {
            answered.onOk().accept(ok.value());
            return;
        }
        Refusal refusal = ((Answer.Refused<T>) answer).refusal();
        if (refusal.kind().isTransient()) {
            long backoff = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF << Math.min(n - 1, 10));
            after(backoff, () -> attempt(call, body, answered, n + 1));
        } else {
            answered.onRefused().accept(refusal);
        }
    }

    void describe(Describe action) {
        if (!underWay.add(action)) {
            return;
        }
        String table = action.table();
        call(
                "DescribeTable",
                table,
                () -> service.describeTable(table),
                new Answered<>(
                        description -> {
                            underWay.remove(action);
                            answer(described(action, description));
                        },
                        refusal -> {
                            underWay.remove(action);
                            answer(new TableGone(table, "", "DescribeTable: " + refusal.kind()));
                        }));
    }

    private static TableDescribed described(Describe action, TableDescription description) {
        return new TableDescribed(
                action.table(),
                action.verification(),
                new Description(
                        new Identity(
                                description.tableId(),
                                description.stream().map(TableStream::streamArn).orElse("")),
                        TableRequirements.isReadable(description),
                        description.stream().filter(TableStream::enabled).isPresent()
                                ? Optional.empty()
                                : Optional.of("no stream is on"),
                        description.size().bytes(),
                        description.serverTime().toEpochMilli()));
    }

    /** Schedules a listing. A stream has one listing at a time, and no listing waits if one is due no later. */
    void listShards(ListShards action) {
        String stream = action.streamArn();
        boolean soonEnough = shortestDelay.getOrDefault(stream, NONE) <= action.delay();
        if (!soonEnough && !listing.contains(stream)) {
            shortestDelay.put(stream, action.delay());
            after(action.delay(), () -> listNow(action));
        }
    }

    private void listNow(ListShards action) {
        String table = action.table();
        String stream = action.streamArn();
        boolean overtaken = shortestDelay.getOrDefault(stream, NONE) != action.delay();
        if (overtaken || !listing.add(stream)) {
            return;
        }
        shortestDelay.remove(stream);
        call(
                "DescribeStream",
                table,
                () -> service.listShards(stream),
                new Answered<>(
                        shards -> {
                            listing.remove(stream);
                            answer(listed(table, shards));
                        },
                        refusal -> {
                            listing.remove(stream);
                            answer(new TableGone(table, stream, "DescribeStream: " + refusal.kind()));
                        }));
    }

    private static ShardsListed listed(String table, ShardListing listing) {
        return new ShardsListed(
                table,
                listing.streamArn(),
                listing.status().equals("ENABLED"),
                listing.shards(),
                listing.serverTime().toEpochMilli());
    }

    void probe(ShardSplit split) {
        if (!underWay.add(split.splitId())) {
            return;
        }
        Consumer<Boolean> probed = refused -> {
            underWay.remove(split.splitId());
            answer(new ShardProbed(split.table(), split.shardId(), refused));
        };
        call(
                "GetShardIterator",
                split.table(),
                () -> service.shardIterator(split.shard(), split.position()),
                new Answered<>(iterator -> probed.accept(false), refusal -> probed.accept(true)));
    }
}
