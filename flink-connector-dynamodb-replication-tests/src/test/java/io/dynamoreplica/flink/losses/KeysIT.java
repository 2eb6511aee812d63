/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of keys that look equal to a reader that does not keep them exactly. */
class KeysIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    /** As 64-bit floats, only seven of these ten numbers are distinct. */
    private static final List<String> NUMBERS = List.of(
            "9007199254740992",
            "9007199254740993",
            "9007199254740994",
            "9007199254740995",
            "12345678901234567890123456789012345678",
            "12345678901234567890123456789012345679",
            "0.1",
            "0.10000000000000000000000000000000000001",
            "9.9999999999999999999999999999999999999E+125",
            "1E-130");

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final Replica replica = Replica.withHistory();

    /** Sets pages of one item, so that each key is also a position in the copy. */
    @BeforeEach
    void onePageForEachItem() {
        wire.db().behaviour().scanPageItems(1);
    }

    @AfterEach
    void close() {
        replica.close();
        wire.close();
    }

    @Test
    void numbersBeyondSixtyFourBitsDoNotCollide() throws Exception {
        FakeTable ledger = wire.db().createTable(TableSpec.named("ledger").withPartitionKey("id", KeyType.N));
        putNumbers(ledger, 1);
        wire.db().clock().advance(Duration.ofHours(1));
        try (RunningJob job = job("ledger").start(replica)) {
            job.until("the copy is complete", () -> replica.equalsTable(ledger));
            assertThat(replica.size()).isEqualTo(NUMBERS.size());
            putNumbers(ledger, 2);
            ledger.delete(item().n("id", NUMBERS.get(0)).build());
            ledger.stream().openShards().forEach(ledger.stream()::split);
            ledger.delete(item().n("id", NUMBERS.get(4)).build());
            job.until("the stream is read", () -> replica.equalsTable(ledger));
        }
        assertThat(replica.size()).isEqualTo(NUMBERS.size() - 2);
    }

    @Test
    void binaryKeysAreAPlaceToGoOnFrom() throws Exception {
        FakeTable blobs = wire.db()
                .createTable(TableSpec.named("blobs")
                        .withPartitionKey("id", KeyType.B)
                        .withSortKey("part", KeyType.N));
        for (int number = 0; number < 40; number++) {
            byte[] id = {(byte) 0xFF, (byte) number, 0};
            blobs.put(item().b("id", id).n("part", NUMBERS.get(number % 4)).build());
        }
        wire.db().clock().advance(Duration.ofHours(1));
        wire.db().faults().stall("third pages", ScanStop.afterPages(wire.db(), 2));
        String savepoint;
        try (RunningJob job = job("blobs").start(replica)) {
            job.until("two pages of each segment are there", () -> replica.size() == 2 * 4);
            job.until("and the readers wait", () -> wire.db().faults().waiting() == 4);
            savepoint = job.savepoint();
        }
        wire.db().faults().releaseAll();
        try (RunningJob job = job("blobs").resume(replica, savepoint)) {
            job.until("the copy is complete", () -> replica.equalsTable(blobs));
        }
        assertThat(replica.counts()).isEqualTo(Map.of(Operation.READ, 40L));
    }

    private ReplicaJob job(String table) {
        return ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), table)
                .options(wire.awsOptions())
                .option("scan.snapshot.total-segments", "4")
                .flink("restart-strategy.type", "none");
    }

    private static void putNumbers(FakeTable ledger, int version) {
        NUMBERS.forEach(number ->
                ledger.put(item().n("id", number).n("version", version).build()));
    }
}
