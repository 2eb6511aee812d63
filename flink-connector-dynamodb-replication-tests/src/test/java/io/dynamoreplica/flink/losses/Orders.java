/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The start of the tests of this package: a table of 300 items behind the wire, written an hour ago on DynamoDB's
 * clock, and a replica of it. Jobs do not restart unless a test says so. Therefore a job that survives a fault
 * survives it without a restart. This is an extension of JUnit that closes everything after each test.
 */
final class Orders implements AfterEachCallback, AutoCloseable {

    static final int ITEMS = 300;

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable table;
    private final Replica replica = Replica.withHistory();

    private Orders(int shards) {
        table = WireTable.create(wire, "orders", shards);
    }

    /**
     * Creates the table.
     *
     * @param shards the number of shards with which the stream begins
     */
    static Orders inShards(int shards) {
        Orders orders = new Orders(shards);
        orders.wire.db().behaviour().scanPageItems(20).recordsPerPage(20);
        orders.table.load(0, ITEMS, 1);
        orders.wire.db().clock().advance(Duration.ofHours(1));
        return orders;
    }

    WireDynamoDb wire() {
        return wire;
    }

    FakeDynamoDb db() {
        return wire.db();
    }

    WireTable table() {
        return table;
    }

    FakeStream stream() {
        return table.stream();
    }

    /** Returns the only open shard. */
    String shard() {
        return stream().openShards().get(0);
    }

    Replica replica() {
        return replica;
    }

    ReplicaJob job(FlinkCluster flink) {
        return table.job(flink).flink("restart-strategy.type", "none");
    }

    /** Starts a job and waits until it has copied the table and read version 2 from the stream. */
    RunningJob streaming(ReplicaJob job) throws Exception {
        RunningJob running = job.start(replica);
        untilEqual(running);
        table.load(0, ITEMS, 2);
        untilEqual(running);
        return running;
    }

    void untilEqual(RunningJob job) {
        job.until("the replica equals the table", () -> table.isEqualTo(replica));
    }

    /** Waits until a copy newer than this one is complete. Rows deleted in the meantime have an older epoch. */
    void untilCopiedAfter(long epoch, RunningJob job) {
        job.until("a newer copy is complete", () -> isCopiedAfter(epoch));
    }

    private boolean isCopiedAfter(long epoch) {
        return replica.latestEpoch() > epoch && replica.equalsTableOnceOlderEpochsAreRemoved(table.table());
    }

    /** Stops all reads of the stream until {@link #goOn}. Returns when every open shard waits. */
    void stopReading(RunningJob job) {
        db().faults().stall("records", ServiceCall.of(CallKind.RECORDS));
        job.until(
                "each open shard waits",
                () -> db().faults().waiting() >= stream().openShards().size());
    }

    void goOn() {
        db().faults().release("records");
    }

    /**
     * Waits for a new listing. Listings are made one at a time, so the second one from now was asked for after now,
     * and is answered.
     */
    void awaitNextListing(RunningJob job) {
        long before = db().calls().count(CallKind.LIST_SHARDS);
        job.until("shards are listed again", () -> db().calls().count(CallKind.LIST_SHARDS) >= before + 2);
    }

    /** Returns the number of GetRecords calls for a shard. */
    long pagesAskedOf(String shard) {
        return wire.count(WireRequest.of(WireOperation.GET_RECORDS).and(WireRequest.toShard(shard)));
    }

    /** Rolls every open shard over, and lets the stream drop all records of the old shards. */
    void trimAll() {
        for (String shard : stream().openShards()) {
            stream().rollOver(shard);
            stream().trimWhole(shard);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        replica.close();
        wire.close();
    }
}
