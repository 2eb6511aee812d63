/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static io.dynamoreplica.flink.reader.ReaderConfigs.ROOMY;
import static io.dynamoreplica.flink.reader.ReaderConfigs.TABLE;
import static io.dynamoreplica.flink.reader.ReaderConfigs.config;
import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.reader.cursor.Backoff;
import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of the fetcher's thread with withdrawn splits. A blocked fetch times out. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WithdrawnFetchTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final Withdrawals withdrawals = new Withdrawals();
    private final ReplicationSplit split = new ScanSplit(TABLE, 1, 0, 1, ScanPosition.START);
    private final AtomicLong now = new AtomicLong();
    private ReplicationSplitReader reader;

    @BeforeEach
    void fill() {
        FakeTable table = db.createTable(TableSpec.named(TABLE).withoutStream());
        IntStream.range(0, 30).forEach(i -> table.put(item("id", "o" + i).build()));
        open(db.service());
    }

    private void open(DynamoDbService service) {
        reader = new ReplicationSplitReader(config(ROOMY), service, metrics.ofReader(now::get), withdrawals, now::get);
    }

    @AfterEach
    void close() {
        reader.close();
        db.close();
    }

    @Test
    void aSplitHandedOverAfterItWasWithdrawnEndsWithoutACall() {
        withdrawals.withdraw(Set.of(split.splitId()));
        assertThat(fetchedNothing()).isTrue();
        give();

        RecordsWithSplitIds<Fetched> batch = fetch();

        assertThat(batch.nextSplit()).isNull();
        assertThat(batch.finishedSplits()).containsExactly(split.splitId());
        assertThat(metrics.count("calls")).isZero();
    }

    @Test
    void aFetchThatWaitsEndsImmediately() throws Exception {
        db.faults().stall("segment", ServiceCall.of(CallKind.SCAN));
        give();
        CompletableFuture<RecordsWithSplitIds<Fetched>> waiting = CompletableFuture.supplyAsync(this::fetch);
        Eventually.holds("the call is made", () -> db.faults().waiting() == 1);
        withdrawals.withdraw(Set.of(split.splitId()));

        assertThat(waiting.get(60, TimeUnit.SECONDS).finishedSplits()).containsExactly(split.splitId());
    }

    @Test
    void theAnswerOfACallUnderWayIsThrownAwayAndItsMemoryIsFree() {
        db.faults().stall("segment", ServiceCall.of(CallKind.SCAN));
        give();
        Eventually.holds(
                "the call is made", () -> fetchedNothing() && db.faults().waiting() == 1);
        withdrawals.withdraw(Set.of(split.splitId()));
        fetch();
        assertThat(metrics.value("bytesInFlight")).isEqualTo(BytesInFlight.PAGE);

        db.faults().release("segment");
        Eventually.holds(
                "no memory is in use",
                () -> fetchedNothing() && metrics.value("bytesInFlight").equals(0L));
        assertThat(db.calls().scans()).hasSize(1);
    }

    @Test
    void aCallThatBreaksForAWithdrawnSplitFailsNothing() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        reader.close();
        open(new BrokenService(gate));
        give();
        Eventually.holds("the call is made", () -> fetchedNothing() && metrics.count("calls") == 1);
        withdrawals.withdraw(Set.of(split.splitId()));
        fetch();

        gate.complete(null);

        Eventually.holds(
                "no memory is in use",
                () -> fetchedNothing() && metrics.value("bytesInFlight").equals(0L));
    }

    @Test
    void aPageThatWaitsGivesItsMemoryBackWhenTheTaskPassesIt() {
        db.behaviour().scanPageItems(5);
        give();
        RecordsWithSplitIds<Fetched> first = fetch();
        withdrawals.withdraw(Set.of(split.splitId()));
        RecordsWithSplitIds<Fetched> last = fetchNow();
        while (last.finishedSplits().isEmpty()) {
            last = fetchNow();
        }

        first.recycle();
        last.recycle();

        Eventually.holds(
                "no memory is in use",
                () -> fetchedNothing() && metrics.value("bytesInFlight").equals(0L));
    }

    @Test
    void aSplitThatIsRefusedIsCalledForNoMore() {
        db.faults().refuse(CallKind.DESCRIBE_TABLE, Refusal.Kind.THROTTLED);
        give();
        Eventually.holds("it is refused", () -> fetchedNothing() && metrics.count("callsThrottled") == 1);
        withdrawals.withdraw(Set.of(split.splitId()));
        fetch();

        long calls = metrics.count("calls");
        db.faults().clear();
        now.addAndGet(Backoff.DEFAULT.capMillis());
        assertThat(fetchedNothing()).isTrue();
        assertThat(metrics.count("calls")).isEqualTo(calls);
    }

    @Test
    void aSplitEndsOnceHoweverOftenItIsWithdrawn() {
        give();
        RecordsWithSplitIds<Fetched> batch = fetch();
        assertThat(batch.finishedSplits()).containsExactly(split.splitId());
        withdrawals.withdraw(Set.of(split.splitId()));
        withdrawals.withdraw(Set.of(split.splitId()));

        assertThat(fetchNow().finishedSplits()).isEmpty();
    }

    private void give() {
        reader.handleSplitsChanges(new SplitsAddition<>(List.of(split)));
    }

    /** Fetches the present pages without waiting for more. */
    private RecordsWithSplitIds<Fetched> fetchNow() {
        reader.wakeUp();
        return fetch();
    }

    private RecordsWithSplitIds<Fetched> fetch() {
        try {
            return reader.fetch();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean fetchedNothing() {
        RecordsWithSplitIds<Fetched> batch = fetchNow();
        return batch.nextSplit() == null && batch.finishedSplits().isEmpty();
    }
}
