/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import static io.dynamoreplica.flink.testing.fake.Items.item;
import static io.dynamoreplica.flink.testing.fake.ReadAll.ok;
import static io.dynamoreplica.flink.testing.fake.ReadAll.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultsTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final DynamoDbService service = db.service();
    private final ReadAll read = new ReadAll(service);
    private final FakeTable orders = db.createTable(TableSpec.named("orders").withShards(2));
    private final ShardKey first =
            orders.stream().key(orders.stream().openShards().get(0));
    private final ShardKey second =
            orders.stream().key(orders.stream().openShards().get(1));

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void theNextCallsOfAKindAreRefusedAndNoMore() {
        db.faults().refuseNext(2, CallKind.DESCRIBE_TABLE, Refusal.Kind.THROTTLED);

        ok(service.listShards(orders.stream().arn()));
        assertThat(refused(service.describeTable("orders"))).isEqualTo(Refusal.Kind.THROTTLED);
        assertThat(refused(service.describeTable("orders"))).isEqualTo(Refusal.Kind.THROTTLED);
        ok(service.describeTable("orders"));
        assertThat(db.calls().count(CallKind.DESCRIBE_TABLE)).isEqualTo(3);
    }

    @Test
    void oneShardIsRefusedUntilItIsCleared() {
        db.faults().refuse(ServiceCall.toShard(first.shardId()), Refusal.Kind.DENIED);

        for (int i = 0; i < 3; i++) {
            assertThat(refused(service.shardIterator(first, ShardPosition.BEGINNING)))
                    .isEqualTo(Refusal.Kind.DENIED);
        }
        read.iterator(second, ShardPosition.BEGINNING);
        db.faults().clear();
        read.iterator(first, ShardPosition.BEGINNING);
    }

    @Test
    void callsToAStalledShardWaitUntilItIsReleased() throws Exception {
        String iterator = read.iterator(first, ShardPosition.BEGINNING);
        db.faults().stall(first.shardId());
        FutureTask<Answer<ShardPage>> stalled = new FutureTask<>(() -> service.records(first, iterator));
        new Thread(stalled, "stalled call").start();
        awaitWaiting(1);

        read.iterator(second, ShardPosition.BEGINNING);
        for (int i = 0; i < 20; i++) {
            orders.put(item("id", "order-" + i).build());
        }
        assertThat(stalled.isDone()).isFalse();
        db.faults().release(first.shardId());

        assertThat(ok(stalled.get(10, TimeUnit.SECONDS)).records())
                .as("the answer contains the records of the moment when the stall ends")
                .isEqualTo(orders.stream().records(first.shardId()))
                .isNotEmpty();
        awaitWaiting(0);
    }

    @Test
    void aStalledCallCanBeInterrupted() throws Exception {
        db.faults().stall(first.shardId());
        FutureTask<Boolean> interrupted = new FutureTask<>(
                () -> refused(service.shardIterator(first, ShardPosition.BEGINNING)) == Refusal.Kind.UNAVAILABLE
                        && Thread.currentThread().isInterrupted());
        Thread caller = new Thread(interrupted, "stalled call");
        caller.start();
        awaitWaiting(1);

        caller.interrupt();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingTheAccountReleasesWhatWaits() throws Exception {
        db.faults().stall("describe", ServiceCall.of(CallKind.DESCRIBE_TABLE));
        FutureTask<Answer<?>> stalled = new FutureTask<>(() -> service.describeTable("orders"));
        new Thread(stalled, "stalled call").start();
        awaitWaiting(1);

        db.close();

        ok(stalled.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aClosedServiceAnswersNoMore() {
        service.close();

        assertThat(refused(service.describeTable("orders"))).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    private void awaitWaiting(int calls) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (db.faults().waiting() != calls) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
