/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.tables;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FakeReplication;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.TableContents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a job that is stopped with a savepoint, and started from it with a different set of tables. */
class ChangedTablesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final int ITEMS = 60;

    @RegisterExtension
    final FakeReplication fake = new FakeReplication();

    private final FakeDynamoDb db = fake.db();
    private final FakeTable orders = db.createTable(TableSpec.named("orders"));
    private final FakeTable users = db.createTable(TableSpec.named("users"));
    private final Replica replica = fake.replica();

    @BeforeEach
    void fill() {
        db.behaviour().scanPageItems(10);
        put(orders, 1);
        put(users, 1);
        db.clock().advance(Duration.ofHours(1));
    }

    @Test
    void aTableWithAnotherResetTokenIsCopiedAgainAlone() throws Exception {
        String savepoint = stopped(table("orders"), table("users"));
        long epoch = replica.latestEpoch();
        db.calls().clear();
        try (RunningJob job = resumed(savepoint, table("orders", "again"), table("users"))) {
            job.until("orders are copied again", () -> db.calls().count(scansOf("orders")) >= 6);
            job.until("a newer epoch has arrived", () -> replica.latestEpoch() > epoch);
            put(orders, 3);
            put(users, 3);
            job.until("changes of both have arrived", () -> holds(orders, users));
        }
        assertThat(db.calls().count(scansOf("users"))).isZero();
    }

    @Test
    void takingTheResetTokenAwayAndSettingItAgainCopiesNothing() throws Exception {
        String withToken = stopped(table("orders", "again"));
        String without = followed(withToken, 3, table("orders"));
        followed(without, 4, table("orders", "again"));
    }

    /** Restores the job, lets it read one more version, and returns its next savepoint. */
    private String followed(String savepoint, int version, Named table) throws Exception {
        db.calls().clear();
        try (RunningJob job = resumed(savepoint, table)) {
            put(orders, version);
            job.until("version " + version + " has arrived", () -> holdsAll(orders));
            assertThat(db.calls().count(scansOf("orders"))).isZero();
            return job.stopWithSavepoint();
        }
    }

    @Test
    void aTableThatIsAddedIsCopiedAndTheOthersGoOn() throws Exception {
        String savepoint = stopped(table("orders"));
        db.calls().clear();
        try (RunningJob job = resumed(savepoint, table("orders"), table("users"))) {
            job.until("both tables have arrived", () -> holds(orders, users));
            put(orders, 3);
            put(users, 3);
            job.until("changes of both have arrived", () -> holds(orders, users));
        }
        assertThat(db.calls().count(scansOf("orders"))).isZero();
    }

    @Test
    void aTableThatIsTakenOutIsReadNoMoreAndMayComeBack() throws Exception {
        String savepoint = stopped(table("orders"), table("users"));
        put(users, 7);
        put(orders, 3);
        String without;
        try (RunningJob job = resumed(savepoint, table("orders"))) {
            db.calls().clear();
            job.until("changes of orders have arrived", () -> holdsAll(orders));
            assertThat(db.calls().count(ServiceCall.toTable("users"))).isZero();
            without = job.stopWithSavepoint();
        }
        assertThat(holdsAll(users)).isFalse();
        try (RunningJob job = resumed(without, table("orders"), table("users"))) {
            job.until("users are copied", () -> holds(orders, users));
        }
    }

    @Test
    void aTableWithAnotherStartModeIsReplicatedAnew() throws Exception {
        String savepoint = stopped(table("orders"), TableConfigs.named("users", StartupMode.LATEST_OFFSET));
        assertThat(db.calls().count(scansOf("users"))).isZero();
        try (RunningJob job = resumed(savepoint, table("orders"), table("users"))) {
            job.until("users are copied", () -> holds(orders, users));
            put(users, 4);
            job.until("their changes have arrived", () -> holds(orders, users));
        }
    }

    /** Returns the savepoint of a job that has copied its tables and read one more version. */
    private String stopped(Named... tables) throws Exception {
        try (RunningJob job = job(tables).start(replica)) {
            for (Named each : tables) {
                job.awaitPhase(Phase.STREAMING, each.name());
                put(db.table(each.name()), 2);
            }
            // Wait for each table: a table that has not passed its fence would get its shards while the job stops.
            for (Named each : tables) {
                job.until("its changes have arrived", () -> holdsAll(db.table(each.name())));
            }
            return job.stopWithSavepoint();
        }
    }

    private RunningJob resumed(String savepoint, Named... tables) throws Exception {
        return job(tables).resume(replica, savepoint);
    }

    private ReplicaJob job(Named... tables) {
        return ReplicaJob.of(FLINK, db.register(), "orders").tables(tables);
    }

    private static Named table(String name) {
        return TableConfigs.named(name);
    }

    private static Named table(String name, String resetToken) {
        return TableConfigs.named(name, "scan.reset-token", resetToken);
    }

    private static Predicate<ServiceCall> scansOf(String table) {
        return ServiceCall.of(CallKind.SCAN).and(ServiceCall.toTable(table)).and(ServiceCall.ofReaders());
    }

    /** Compares the replica with the tables. Each item's key begins with its table's name. */
    private boolean holds(FakeTable... tables) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> all = new HashMap<>();
        for (FakeTable table : tables) {
            all.putAll(TableContents.of(table));
        }
        return replica.holds(all);
    }

    private boolean holdsAll(FakeTable table) {
        return replica.items().entrySet().containsAll(TableContents.of(table).entrySet());
    }

    private static void put(FakeTable table, int version) {
        String name = table.spec().name();
        IntStream.range(0, ITEMS)
                .forEach(i ->
                        table.put(item("id", name + i).n("version", version).build()));
    }
}
