/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.TableContents;
import io.dynamoreplica.flink.testing.job.WrittenLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of one job that replicates many tables of DynamoDB Local, selected by the builder. */
class SeveralTablesIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final int ITEMS = 30;
    private static final Pattern SALES = Pattern.compile("sales_.*");

    /** The logger for what happens to the tables of a savepoint. */
    private static final String RESTORED = "io.dynamoreplica.flink.enumerator.RestoredTables";

    private final Replica replica = Replica.withHistory();
    private final Map<String, LocalTable> tables = new HashMap<>();

    @BeforeEach
    void fill() throws Exception {
        for (String name : Set.of("orders", "prices", "sales_eu", "sales_us")) {
            create(name).load(0, ITEMS, 1);
        }
    }

    @AfterEach
    void removeTables() {
        replica.close();
        tables.keySet().forEach(name -> DYNAMODB.tables().deleteTable(call -> call.tableName(name)));
    }

    @Test
    void tablesByNameAndByPatternAreReplicatedAndEachRecordCarriesItsTable() throws Exception {
        try (RunningJob job = start(builder().table("orders").tables(SALES))) {
            job.until("three tables have arrived", () -> holds("orders", "sales_eu", "sales_us"));
            tables.get("orders").put(3, 2);
            tables.get("sales_us").delete(4);
            job.until("all changes have arrived", () -> holds("orders", "sales_eu", "sales_us"));
        }
        assertThat(tablesSeen()).containsExactlyInAnyOrder("orders", "sales_eu", "sales_us");
    }

    @Test
    void allTablesAreReplicatedButThoseExcepted() throws Exception {
        try (RunningJob job = start(builder().allTables().exceptTables(Pattern.compile("sales_us|prices")))) {
            job.until("two tables have arrived", () -> holds("orders", "sales_eu"));
        }
        assertThat(tablesSeen()).containsExactlyInAnyOrder("orders", "sales_eu");
    }

    @Test
    void eachTableHasItsOwnMethodProjectionAndOverrides() throws Exception {
        create("streamless");
        tables.get("streamless").load(0, ITEMS, 1);
        try (RunningJob job = start(builder()
                .option(ReplicationOptions.SCAN_PAGE_LIMIT, 10)
                .table("orders")
                .table("prices", prices -> prices.projection("version"))
                .table("sales_eu", eu -> eu.startupMode(StartupMode.LATEST_OFFSET))
                .table("streamless", copied -> copied.startupMode(StartupMode.FULL_TABLE)
                        .option("scan.full-table.interval", "1 h")
                        .option("scan.snapshot.total-segments", "3")
                        .option("scan.snapshot.consistent-read", "false")
                        .option("scan.snapshot.settle-time", "0 s")))) {
            job.until("two tables have arrived", () -> holds("orders", "streamless"));
            job.until(
                    "a part of the third table has arrived",
                    () -> items("prices").size() == ITEMS);
            job.until("changes of the fourth table have arrived", () -> {
                tables.get("sales_eu").put(ITEMS, (int) (System.nanoTime() % 1_000_000));
                return !items("sales_eu").isEmpty();
            });
        }
        assertThat(items("prices").values()).allSatisfy(item -> assertThat(item).containsOnlyKeys("id", "version"));
        assertThat(replica.events().stream()
                        .filter(event -> event.table().equals("sales_eu"))
                        .map(ChangeEvent::operation))
                .isNotEmpty()
                .doesNotContain(Operation.READ);
    }

    @Test
    void aTableIsCopiedOnceBesideOneThatIsFollowed() throws Exception {
        try (RunningJob job =
                start(builder().table("orders").table("prices", prices -> prices.startupMode(StartupMode.SNAPSHOT)))) {
            job.until("both tables have arrived", () -> holds("orders", "prices"));
            tables.get("prices").put(3, 2);
            tables.get("orders").put(3, 2);
            job.until("changes of orders have arrived", () -> holds("orders"));
            job.checkpoint();
            tables.get("orders").delete(4);
            job.until("more changes of orders have arrived", () -> holds("orders"));
            assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
        }
        assertThat(replica.events())
                .filteredOn(event -> event.table().equals("prices"))
                .hasSize(ITEMS)
                .allMatch(ChangeEvent::isFromSnapshot);
    }

    @Test
    void aTableThatAPatternSelectsAfterASavepointIsCopiedAndOneThatIsGoneIsDropped() throws Exception {
        String savepoint;
        try (RunningJob job = start(builder().tables(SALES))) {
            job.until("both tables have arrived", () -> holds("sales_eu", "sales_us"));
            savepoint = job.stopWithSavepoint();
        }
        create("sales_asia").load(0, ITEMS, 1);
        DYNAMODB.tables().deleteTable(call -> call.tableName("sales_us"));
        tables.remove("sales_us");
        tables.get("sales_eu").put(5, 7);
        int before = replica.events().size();

        try (RunningJob job = job(builder().tables(SALES)).resume(replica, savepoint)) {
            job.until("the new table has arrived", () -> holds("sales_asia", "sales_eu"));
        }

        assertThat(tablesScanned(before)).containsExactly("sales_asia");
    }

    @Test
    void aTableThatWasTakenOutIsCopiedAnewAsAHigherEpochWhenItComesBack() throws Exception {
        String savepoint;
        try (RunningJob job = start(builder().table("orders").table("prices"))) {
            job.until("both tables have arrived", () -> holds("orders", "prices"));
            savepoint = job.stopWithSavepoint();
        }
        long epoch = latestEpoch("prices");
        int before = replica.events().size();
        String without;
        try (WrittenLog log = WrittenLog.of(RESTORED);
                RunningJob job = job(builder().table("orders")).resume(replica, savepoint)) {
            tables.get("prices").put(3, 2);
            tables.get("orders").put(3, 2);
            job.until("changes of orders have arrived", () -> holds("orders"));
            assertThat(log.lines())
                    .containsExactly(
                            "INFO Table prices is in the savepoint and no longer configured. Its state is dropped.");
            without = job.stopWithSavepoint();
        }
        assertThat(holds("prices")).isFalse();

        try (RunningJob job = job(builder().table("orders").table("prices")).resume(replica, without)) {
            job.until("prices are copied", () -> holds("orders", "prices"));
        }

        assertThat(tablesScanned(before)).containsExactly("prices");
        assertThat(latestEpoch("prices")).isGreaterThan(epoch);
    }

    @Test
    void aTableWithAnotherMethodIsReplicatedAnewAndTheOthersGoOn() throws Exception {
        String savepoint;
        try (RunningJob job = start(
                builder().table("orders").table("prices", prices -> prices.startupMode(StartupMode.LATEST_OFFSET)))) {
            job.until("orders have arrived", () -> holds("orders"));
            savepoint = job.stopWithSavepoint();
        }
        assertThat(tablesScanned(0)).containsExactly("orders");
        int before = replica.events().size();

        try (WrittenLog log = WrittenLog.of(RESTORED);
                RunningJob job = job(builder().table("orders").table("prices")).resume(replica, savepoint)) {
            job.until("prices are copied", () -> holds("orders", "prices"));
            tables.get("prices").put(3, 2);
            job.until("their changes have arrived", () -> holds("orders", "prices"));
            assertThat(log.lines())
                    .containsExactly(
                            "WARN Table prices began in startup mode latest-offset and is now configured for initial. Its replication begins again.");
        }

        assertThat(tablesScanned(before)).containsExactly("prices");
    }

    @Test
    void aTableWithAnotherResetTokenIsCopiedAgainAloneAsANewEpoch() throws Exception {
        String savepoint;
        try (RunningJob job = start(builder().table("orders").table("prices"))) {
            job.until("both tables have arrived", () -> holds("orders", "prices"));
            savepoint = job.stopWithSavepoint();
        }
        long epoch = replica.latestEpoch();
        int before = replica.events().size();

        try (RunningJob job = job(builder()
                        .table("orders", orders -> orders.resetToken("again"))
                        .table("prices"))
                .resume(replica, savepoint)) {
            job.until(
                    "orders are copied again",
                    () -> replica.events().stream()
                                    .skip(before)
                                    .filter(ChangeEvent::isFromSnapshot)
                                    .count()
                            >= ITEMS);
            tables.get("prices").put(3, 2);
            job.until("changes of prices have arrived", () -> holds("orders", "prices"));
        }

        assertThat(tablesScanned(before)).containsExactly("orders");
        assertThat(replica.latestEpoch()).isGreaterThan(epoch);
    }

    private long latestEpoch(String table) {
        return replica.events().stream()
                .filter(event -> event.table().equals(table))
                .mapToLong(ChangeEvent::epoch)
                .max()
                .orElse(0);
    }

    private Set<String> tablesScanned(int firstEvent) {
        return replica.events().stream()
                .skip(firstEvent)
                .filter(ChangeEvent::isFromSnapshot)
                .map(ChangeEvent::table)
                .collect(Collectors.toSet());
    }

    private RunningJob start(DynamoDbReplicationSourceBuilder<ChangeEvent> source) throws Exception {
        return job(source).start(replica);
    }

    private static ReplicaJob job(DynamoDbReplicationSourceBuilder<ChangeEvent> source) {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "in-the-builder")
                .reading(source);
    }

    private static DynamoDbReplicationSourceBuilder<ChangeEvent> builder() {
        DynamoDbReplicationSourceBuilder<ChangeEvent> builder = DynamoDbReplicationSource.builder(
                        new ChangeEventDeserializationSchema())
                .option("scan.stream.discovery-interval", "1 s")
                .option("scan.stream.poll-interval", "100 ms");
        DYNAMODB.awsOptions().forEach(builder::option);
        return builder;
    }

    private LocalTable create(String name) {
        LocalTable table = LocalTable.create(DYNAMODB.tables(), name);
        tables.put(name, name.equals("streamless") ? table : table.enableStream());
        return table;
    }

    private boolean holds(String... names) {
        return Set.of(names).stream()
                .allMatch(name -> items(name).equals(tables.get(name).contents()));
    }

    private Set<String> tablesSeen() {
        return replica.events().stream().map(ChangeEvent::table).collect(Collectors.toSet());
    }

    /** Returns the replica of one table, built from its own events. */
    private Map<Map<String, AttributeValue>, Map<String, AttributeValue>> items(String table) {
        return TableContents.after(replica.events(), table);
    }
}
