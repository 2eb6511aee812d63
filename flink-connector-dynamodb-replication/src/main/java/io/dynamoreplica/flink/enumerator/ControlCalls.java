/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

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
 * The calls that the protocol's actions need, with the answers as events. The coordinator thread asks. Control threads
 * give the answers, and the timer's thread gives the events that follow after a delay.
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
     * The questions that were not answered yet. A call with a transient failure is repeated until it is answered, and
     * each discovery in the meantime asks the same question. Without this set the calls would pile up.
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
        DeletionProof deletion = new DeletionProof();
        threads.call(
                new ControlCall<>(
                        "DescribeTable of " + table,
                        () -> service.describeTable(table),
                        description -> {
                            underWay.remove(action);
                            described(action, description);
                        },
                        (refusal, attempts) ->
                                stillUnderWay(action, describeRefused(table, deletion, refusal, attempts))),
                urgency);
    }

    private void described(Describe action, TableDescription description) {
        String table = action.table();
        Optional<RuntimeException> refused = admission.admit(table, description);
        if (refused.isPresent()) {
            failures.accept(refused.get());
        } else {
            events.accept(new TableDescribed(table, action.verification(), asEvent(table, description)));
        }
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

    /**
     * Decides whether a refused DescribeTable is repeated. Once the table has passed the admission, every refusal
     * counts as transient, known or unknown, except the proof that the table is deleted.
     */
    private boolean describeRefused(String table, DeletionProof deletion, Refusal refusal, int attempts) {
        if (admission.refusesTable(table, refusal, attempts)) {
            failures.accept(admission.tableRefusal(table, refusal));
            return false;
        }
        if (deletion.isCompletedBy(refusal)) {
            events.accept(new TableGone(
                    table,
                    "",
                    "DescribeTable found no table in two consecutive answers: %s".formatted(refusal.message())));
            return false;
        }
        return true;
    }

    void listShards(ListShards action, Urgency urgency) {
        if (schedule.needsTimer(action.streamArn(), urgency, action.delay(), now())) {
            threads.after(action.delay(), () -> enqueueListing(action, urgency));
        }
    }

    /** Puts a listing into the queue. When it leaves the queue, another listing can have begun, or even ended. */
    private void enqueueListing(ListShards action, Urgency urgency) {
        threads.enqueue(
                () -> {
                    if (schedule.begin(action.streamArn(), now())) {
                        threads.callNow(listing(action), urgency);
                    }
                },
                urgency);
    }

    private ControlCall<ShardListing> listing(ListShards action) {
        DeletionProof deletion = new DeletionProof();
        return new ControlCall<>(
                "DescribeStream of " + action.table(),
                () -> service.listShards(action.streamArn()),
                listing -> listed(action, listing),
                (refusal, attempts) -> listingRefused(action, deletion, refusal, attempts));
    }

    private void listingEnded(ListShards action) {
        if (schedule.end(action.streamArn(), now())) {
            enqueueListing(action, Urgency.ASKED_FOR);
        }
    }

    /** Returns a time in milliseconds that is only compared with other times of this method. */
    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void listed(ListShards action, ShardListing listing) {
        listingEnded(action);
        Optional<RuntimeException> refused = admission.admitStream(action.table(), listing);
        if (refused.isPresent()) {
            failures.accept(refused.get());
        } else {
            events.accept(asEvent(action.table(), listing));
        }
    }

    private static ShardsListed asEvent(String table, ShardListing listing) {
        return new ShardsListed(
                table,
                listing.streamArn(),
                listing.status().equals(ENABLED),
                listing.shards(),
                listing.serverTime().toEpochMilli());
    }

    private boolean listingRefused(ListShards action, DeletionProof deletion, Refusal refusal, int attempts) {
        if (admission.refusesStream(action.table(), refusal, attempts)) {
            failures.accept(admission.streamRefusal(action.table(), refusal));
            return false;
        }
        if (deletion.isCompletedBy(refusal)) {
            listingEnded(action);
            events.accept(new TableGone(
                    action.table(),
                    action.streamArn(),
                    "DescribeStream found no stream %s in two consecutive answers: %s"
                            .formatted(action.streamArn(), refusal.message())));
            return false;
        }
        return true;
    }

    /** Asks whether a shard still exists. Only a refusal because of the shard itself shows that it does not. */
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
                        (refusal, attempts) -> stillUnderWay(split.splitId(), probeRefused(split, refusal))),
                urgency);
    }

    private boolean probeRefused(ShardSplit split, Refusal refusal) {
        boolean gone = SHARD_IS_GONE.contains(refusal.kind());
        if (gone) {
            events.accept(new ShardProbed(split.table(), split.shardId(), true));
        }
        return !gone;
    }

    private boolean stillUnderWay(Object question, boolean repeated) {
        if (!repeated) {
            underWay.remove(question);
        }
        return repeated;
    }

    /** Gives the event after the delay. */
    void after(Duration delay, ProtocolEvent event) {
        threads.after(delay.toMillis(), () -> events.accept(event));
    }

    void every(Duration interval, ProtocolEvent event) {
        every(interval, () -> events.accept(event));
    }

    /** Runs a task repeatedly in the timer's thread. The task must not wait and makes no call. */
    void every(Duration interval, Runnable task) {
        threads.every(interval.toMillis(), task);
    }

    @Override
    public void close() {
        threads.close();
        service.close();
    }
}
