/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import static io.dynamoreplica.flink.testing.fake.Items.item;

import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.util.stream.IntStream;

/**
 * A table behind the wire, with numbered items as in {@link LocalTable}, and the jobs that
 * replicate it through the real SDK:
 *
 * <pre>{@code
 * WireTable orders = WireTable.create(wire, "orders", 1).load(0, 100, 1);
 * try (RunningJob job = orders.job(FLINK).start(replica)) {
 *     job.until("the copy is complete", () -> orders.isEqualTo(replica));
 *     orders.stream().split(orders.stream().openShards().get(0));
 *     ...
 * }
 * }</pre>
 */
public final class WireTable {

    private final WireDynamoDb wire;
    private final String name;

    private WireTable(WireDynamoDb wire, String name) {
        this.wire = wire;
        this.name = name;
    }

    /**
     * Creates a table with the key {@code id} and a stream of NEW_AND_OLD_IMAGES.
     *
     * @param shards the number of shards with which the stream begins
     */
    public static WireTable create(WireDynamoDb wire, String name, int shards) {
        wire.db().createTable(TableSpec.named(name).withShards(shards));
        return new WireTable(wire, name);
    }

    /** Puts the items with these numbers. */
    public WireTable load(int from, int to, int version) {
        IntStream.range(from, to).forEach(number -> put(number, version));
        return this;
    }

    public void put(int number, int version) {
        table().put(item("id", "k" + number)
                .n("version", version)
                .s("text", "item " + number + " in version " + version)
                .build());
    }

    public void delete(int number) {
        table().delete(item("id", "k" + number).build());
    }

    /** Returns the table's newest stream, for example to split shards or to trim records. */
    public FakeStream stream() {
        return table().stream();
    }

    /**
     * Returns the table as it is now. If it was deleted and created again, this is another object.
     */
    public FakeTable table() {
        return wire.db().table(name);
    }

    public boolean isEqualTo(Replica replica) {
        return replica.equalsTable(table());
    }

    /** Returns a job that is not started yet, with the options to reach the wire. */
    public ReplicaJob job(FlinkCluster cluster) {
        return ReplicaJob.of(cluster, new AwsDynamoDbServiceFactory(), name).options(wire.awsOptions());
    }
}
