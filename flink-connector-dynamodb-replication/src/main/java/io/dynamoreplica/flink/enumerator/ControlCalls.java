/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.enumerator.ControlThreads.ControlCall;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.service.TableRequirements;
import io.dynamoreplica.flink.split.ShardSplit;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The protocol's questions to DynamoDB, and the answers as events. Called by the coordinator
 * thread; answers are given in control threads, and events that were only waited for in the timer.
 */
final class ControlCalls implements AutoCloseable {

    private static final String ENABLED = "ENABLED";

    private static final Set<Refusal.Kind> SHARD_IS_GONE = EnumSet.of(Refusal.Kind.NOT_FOUND, Refusal.Kind.TRIMMED);

    private final ControlThreads threads;
    private final DynamoDbService service;
    private final Admission admission;
    private final Consumer<ProtocolEvent> events;
    private final Consumer<RuntimeException> failures;
    private final ListingSchedule schedule = new ListingSchedule();

    /**
     * What is asked and not answered yet. A call that is refused in passing is repeated for as long
     * as it takes, and discoveries go on meanwhile: without this their calls would pile up.
     */
    private final Set<Object> underWay = ConcurrentHashMap.newKeySet();

    ControlCalls(
            ControlThreads threads,
            DynamoDbService service,
            Admission admission,
            Consumer<ProtocolEvent> events,
            Consumer<RuntimeException> failures) {
        this.threads = threads;
        this.service = service;
        this.admission = admission;
        this.events = events;
        this.failures = failures;
    }

    void describe(Describe action, Urgency urgency) {
        if (!underWay.add(action)) {
            return;
        }
        String table = action.table();
        TwoLooks looks = new TwoLooks();
        threads.call(
                new ControlCall<>(
                        "DescribeTable of " + table,
                        () -> service.describeTable(table),
                        description -> {
                            underWay.remove(action);
                            described(action, description);
                        },
                        (refusal, attempts) -> stillUnderWay(action, describeRefused(table, looks, refusal, attempts))),
                urgency);
    }

    private void described(Describe action, TableDescription description) {
        admission
                .admit(action.table(), description)
                .ifPresentOrElse(
                        failures,
                        () -> events.accept(new TableDescribed(
                                action.table(), action.verification(), asEvent(action.table(), description))));
    }

    private Description asEvent(String table, TableDescription description) {
        Optional<TableStream> stream = description.stream();
        return new Description(
                new Identity(
                        description.tableId(),
                        stream.map(TableStream::streamArn).orElse("")),
                TableRequirements.isReadable(description),
                admission.unfitStream(table, description),
                description.size().bytes(),
                description.serverTime().toEpochMilli());
    }

    /** Whatever does not show that the table is gone passes, in words that we know or not. */
    private boolean describeRefused(String table, TwoLooks looks, Refusal refusal, int attempts) {
        if (admission.refusesTable(table, refusal, attempts)) {
            failures.accept(admission.tableRefusal(table, refusal));
            return false;
        }
        if (looks.showThatItIsGone(refusal)) {
            events.accept(new TableGone(table, "", "DescribeTable was refused twice: " + refusal.message()));
            return false;
        }
        return true;
    }

    void listShards(ListShards action, Urgency urgency) {
        if (schedule.mayAsk(action.streamArn(), urgency, action.delay(), now())) {
            threads.after(action.delay(), () -> listInTurn(action, urgency));
        }
    }

    /** Another listing can have begun, and even ended, by the time that it is this one's turn. */
    private void listInTurn(ListShards action, Urgency urgency) {
        threads.inTurn(
                () -> {
                    if (schedule.begin(action.streamArn(), now())) {
                        threads.callNow(listing(action), urgency);
                    }
                },
                urgency);
    }

    private ControlCall<ShardListing> listing(ListShards action) {
        TwoLooks looks = new TwoLooks();
        return new ControlCall<>(
                "DescribeStream of " + action.table(),
                () -> service.listShards(action.streamArn()),
                listing -> listed(action, listing),
                (refusal, attempts) -> listingRefused(action, looks, refusal, attempts));
    }

    private void listingEnded(ListShards action) {
        if (schedule.end(action.streamArn(), now())) {
            listInTurn(action, Urgency.ASKED_FOR);
        }
    }

    /** Only to be compared with itself. */
    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void listed(ListShards action, ShardListing listing) {
        listingEnded(action);
        admission
                .admitStream(action.table(), listing)
                .ifPresentOrElse(
                        failures,
                        () -> events.accept(new ShardsListed(
                                action.table(),
                                listing.streamArn(),
                                listing.status().equals(ENABLED),
                                listing.shards(),
                                listing.serverTime().toEpochMilli())));
    }

    private boolean listingRefused(ListShards action, TwoLooks looks, Refusal refusal, int attempts) {
        if (admission.refusesStream(action.table(), refusal, attempts)) {
            failures.accept(admission.streamRefusal(action.table(), refusal));
            return false;
        }
        if (looks.showThatItIsGone(refusal)) {
            listingEnded(action);
            events.accept(new TableGone(
                    action.table(),
                    action.streamArn(),
                    "DescribeStream of " + action.streamArn() + " was refused twice: " + refusal.message()));
            return false;
        }
        return true;
    }

    /** Only an answer about the shard itself says that it is gone. */
    void probe(ShardSplit split, Urgency urgency) {
        if (!underWay.add(split.splitId())) {
            return;
        }
        threads.call(
                new ControlCall<>(
                        "GetShardIterator of " + split.splitId(),
                        () -> service.shardIterator(split.shard(), split.position()),
                        iterator -> {
                            underWay.remove(split.splitId());
                            events.accept(new ShardProbed(split.table(), split.shardId(), false));
                        },
                        (refusal, attempts) -> {
                            boolean gone = SHARD_IS_GONE.contains(refusal.kind());
                            if (gone) {
                                events.accept(new ShardProbed(split.table(), split.shardId(), true));
                            }
                            return stillUnderWay(split.splitId(), !gone);
                        }),
                urgency);
    }

    private boolean stillUnderWay(Object question, boolean repeated) {
        if (!repeated) {
            underWay.remove(question);
        }
        return repeated;
    }

    /** Answers with the event once the delay has passed. */
    void after(Duration delay, ProtocolEvent event) {
        threads.after(delay.toMillis(), () -> events.accept(event));
    }

    void every(Duration interval, ProtocolEvent event) {
        every(interval, () -> events.accept(event));
    }

    /** For what takes no time and makes no call. */
    void every(Duration interval, Runnable task) {
        threads.every(interval.toMillis(), task);
    }

    @Override
    public void close() {
        threads.close();
        service.close();
    }
}
