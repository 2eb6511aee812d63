/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ControlCallsTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final BlockingQueue<ProtocolEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<RuntimeException> failures = new LinkedBlockingQueue<>();
    private final SimpleCounter failedCalls = new SimpleCounter();
    private ControlCalls calls;

    @BeforeEach
    void open() {
        db.createTable(TableSpec.named("orders"));
        ReplicationConfig config = TableConfigs.job(TableConfigs.of("orders", StartupMode.INITIAL));
        calls = new ControlCalls(
                new ControlThreads(failedCalls, failures::add),
                db.service(),
                new Admission(config, db.service(), List.of(scanning("orders"))),
                events::add,
                failures::add);
    }

    private static TableState scanning(String table) {
        return TableState.restored(
                new StartRequest(StartupMode.INITIAL, ""),
                new Copy(table, 1, Phase.SCANNING, new Identity("id", "arn"), Renewal.NONE),
                SplitLedger.EMPTY,
                StreamView.EMPTY);
    }

    @AfterEach
    void close() {
        db.close();
        calls.close();
    }

    private ProtocolEvent next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE, true", "UPDATING, true", "CREATING, false", "ARCHIVED, false"})
    void aDescriptionSaysWhetherTheTableCanBeScanned(String status, boolean readable) throws InterruptedException {
        db.table("orders").status(status);
        calls.describe(new Describe("orders", 0), Urgency.ROUTINE);
        assertThat(next()).isInstanceOfSatisfying(TableDescribed.class, described -> assertThat(
                        described.description().readable())
                .isEqualTo(readable));
    }

    @Test
    void descriptionsThatNobodyAnswersDoNotPileUp() throws InterruptedException {
        db.faults().stall("describe", ServiceCall.of(CallKind.DESCRIBE_TABLE));
        for (int discovery = 0; discovery < 50; discovery++) {
            calls.describe(new Describe("orders", 0), Urgency.ROUTINE);
        }
        calls.describe(new Describe("orders", 1), Urgency.ASKED_FOR);
        db.faults().release("describe");

        assertThat(List.of(verification(next()), verification(next()))).containsExactlyInAnyOrder(0L, 1L);
        calls.describe(new Describe("orders", 0), Urgency.ROUTINE);
        assertThat(verification(next())).isZero();
        assertThat(db.calls().count(CallKind.DESCRIBE_TABLE)).isEqualTo(3);
    }

    private static long verification(ProtocolEvent event) {
        return ((TableDescribed) event).verification();
    }

    @Test
    void anIteratorThatIsRefusedInPassingSaysNothingAboutAShard() throws InterruptedException {
        db.faults().refuseNext(1, CallKind.SHARD_ITERATOR, Refusal.Kind.DENIED);
        calls.probe(shard(), Urgency.ASKED_FOR);
        assertThat(next()).isEqualTo(new ShardProbed("orders", shard().shardId(), false));
    }

    /** An unknown refusal must not end a copy. */
    @ParameterizedTest
    @EnumSource(
            value = Refusal.Kind.class,
            names = {"NOT_FOUND"},
            mode = EnumSource.Mode.EXCLUDE)
    void aRefusalThatDoesNotSayThatTheTableIsGoneIsRetried(Refusal.Kind kind) throws InterruptedException {
        db.faults().refuseNext(2, CallKind.DESCRIBE_TABLE, kind);
        db.faults().refuseNext(2, CallKind.LIST_SHARDS, kind);
        String stream = db.table("orders").stream().arn();

        calls.describe(new Describe("orders", 0), Urgency.ROUTINE);
        calls.listShards(new ListShards("orders", stream, 0), Urgency.ROUTINE);

        assertThat(List.of(next(), next()))
                .hasAtLeastOneElementOfType(TableDescribed.class)
                .hasAtLeastOneElementOfType(ShardsListed.class);
        assertThat(failedCalls.getCount()).isEqualTo(4);
        assertThat(failures).isEmpty();
    }

    @Test
    void whatIsMissingIsLookedAtTwiceBeforeItIsGone() throws InterruptedException {
        String stream = db.table("orders").stream().arn();
        db.faults().refuseNext(1, CallKind.DESCRIBE_TABLE, Refusal.Kind.NOT_FOUND);
        db.faults().refuseNext(1, CallKind.LIST_SHARDS, Refusal.Kind.NOT_FOUND);
        calls.describe(new Describe("orders", 0), Urgency.ROUTINE);
        calls.listShards(new ListShards("orders", stream, 0), Urgency.ROUTINE);

        assertThat(List.of(next(), next()))
                .as("it was missing once")
                .hasAtLeastOneElementOfType(TableDescribed.class)
                .hasAtLeastOneElementOfType(ShardsListed.class);

        db.deleteTable("orders");
        calls.describe(new Describe("orders", 0), Urgency.ROUTINE);
        assertThat(next()).isInstanceOfSatisfying(TableGone.class, gone -> assertThat(gone.detail())
                .contains("found no table in two consecutive answers"));
        assertThat(db.calls().count(CallKind.DESCRIBE_TABLE)).isEqualTo(4);
    }

    /** Two transient refusals in a row prove nothing. */
    @Test
    void twoLooksAreTwoAnswersThatFollowEachOther() {
        DeletionProof deletion = new DeletionProof();
        Refusal missing = new Refusal(Refusal.Kind.NOT_FOUND, "not there");
        Refusal denied = new Refusal(Refusal.Kind.DENIED, "not you");

        assertThat(List.of(missing, denied, missing, missing))
                .map(deletion::isCompletedBy)
                .containsExactly(false, false, false, true);
    }

    @Test
    void anIteratorThatIsRefusedInUnknownWordsSaysNothingAboutAShard() throws InterruptedException {
        db.faults().refuseNext(1, CallKind.SHARD_ITERATOR, Refusal.Kind.UNKNOWN);
        db.faults().refuseNext(1, CallKind.SHARD_ITERATOR, Refusal.Kind.INVALID);
        calls.probe(shard(), Urgency.ASKED_FOR);
        assertThat(next()).isEqualTo(new ShardProbed("orders", shard().shardId(), false));
    }

    @Test
    void anIteratorForAShardThatIsGoneSaysSo() throws InterruptedException {
        ShardSplit shard = shard();
        db.table("orders").stream().unlist(shard.shardId());
        calls.probe(shard, Urgency.ASKED_FOR);
        assertThat(next()).isEqualTo(new ShardProbed("orders", shard.shardId(), true));
    }

    private ShardSplit shard() {
        var stream = db.table("orders").stream();
        return new ShardSplit(stream.key(stream.shards().get(0).shardId()), 1, ShardPosition.BEGINNING, 0, 0);
    }
}
