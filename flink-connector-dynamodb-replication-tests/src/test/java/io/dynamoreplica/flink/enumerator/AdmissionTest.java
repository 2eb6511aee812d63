/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.StreamViewType;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which tables a new job refuses, and for which tables a running job waits. */
class AdmissionTest {

    private static final long NEVER_COPIED = 0;

    private static final String ORDERS = "orders";

    private final FakeDynamoDb dynamoDb = new FakeDynamoDb();
    private final DynamoDbService service = dynamoDb.service();

    @AfterEach
    void close() {
        service.close();
        dynamoDb.close();
    }

    @Test
    void aFitTableIsLetInAfterOneItemAndOnePageWereRead() {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        Admission admission = fresh(StartupMode.INITIAL, "id");

        assertThat(admission.admit(ORDERS, description())).isEmpty();
        assertThat(admission.admitStream(ORDERS, listing())).isEmpty();

        assertThat(dynamoDb.calls().count(CallKind.SCAN)).isEqualTo(1);
        assertThat(dynamoDb.calls().scans().get(0).pageLimit()).hasValue(1);
        assertThat(dynamoDb.calls().count(CallKind.SHARD_ITERATOR)).isEqualTo(1);
        assertThat(dynamoDb.calls().count(CallKind.RECORDS)).isEqualTo(1);
    }

    @Test
    void whoHasBeenLetInIsNotAskedAgain() {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        Admission admission = fresh(StartupMode.INITIAL);
        admission.admit(ORDERS, description());
        admission.admitStream(ORDERS, listing());
        dynamoDb.calls().clear();
        dynamoDb.disableStream(ORDERS);

        assertThat(admission.admit(ORDERS, description())).isEmpty();
        assertThat(admission.admitStream(ORDERS, listing())).isEmpty();
        assertThat(dynamoDb.calls().count(CallKind.SCAN)).isZero();
        assertThat(dynamoDb.calls().count(CallKind.RECORDS)).isZero();
    }

    @Test
    void onlyWhatTheModeReadsIsTried() {
        dynamoDb.createTable(TableSpec.named(ORDERS));

        assertThat(fresh(StartupMode.LATEST_OFFSET).admit(ORDERS, description()))
                .isEmpty();
        assertThat(dynamoDb.calls().count(CallKind.SCAN)).isZero();
    }

    @Test
    void aTableThatIsNotFitIsRefused() {
        dynamoDb.createTable(TableSpec.named(ORDERS).withStream(StreamViewType.KEYS_ONLY));

        assertStopped(
                fresh(StartupMode.INITIAL).admit(ORDERS, description()),
                "Table orders cannot be replicated",
                "KEYS_ONLY",
                "disable the stream, then enable it");
        assertThat(dynamoDb.calls().count(CallKind.SCAN)).isZero();
    }

    @Test
    void aDeclaredKeyIsComparedAfterARestoreToo() {
        dynamoDb.createTable(TableSpec.named(ORDERS));

        for (Admission admission :
                List.of(fresh(StartupMode.INITIAL, "total"), restored(Phase.STREAMING, StartupMode.INITIAL, "total"))) {
            assertStopped(
                    admission.admit(ORDERS, description()),
                    "Table orders cannot be replicated",
                    "its key is [id], but [total] is declared",
                    "Declare exactly");
        }
        assertThat(restored(Phase.STREAMING, StartupMode.INITIAL, "id").admit(ORDERS, description()))
                .isEmpty();
    }

    @Test
    void aPermissionToScanThatIsMissingIsNoticedBeforeTheScan() {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        dynamoDb.faults().refuseNext(1, CallKind.SCAN, Refusal.Kind.DENIED);
        Admission admission = fresh(StartupMode.INITIAL);

        assertStopped(admission.admit(ORDERS, description()), "Table orders", "Allow dynamodb:Scan");
        assertThat(admission.refusesTable(ORDERS, refusal(Refusal.Kind.DENIED), 1))
                .isTrue();
    }

    @Test
    void aPermissionToReadTheStreamThatIsMissingIsNoticedBeforeTheScan() {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        dynamoDb.faults().refuseNext(1, CallKind.SHARD_ITERATOR, Refusal.Kind.DENIED);
        dynamoDb.faults().refuseNext(1, CallKind.RECORDS, Refusal.Kind.DENIED);
        Admission admission = fresh(StartupMode.INITIAL);

        assertStopped(admission.admitStream(ORDERS, listing()), "Table orders", "Allow dynamodb:GetShardIterator");
        assertStopped(admission.admitStream(ORDERS, listing()), "Table orders", "Allow dynamodb:GetRecords");
        assertThat(admission.admitStream(ORDERS, listing())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "UNAVAILABLE"})
    void whatPassesIsNoReasonToRefuseWhatWasTried(Refusal.Kind kind) {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        dynamoDb.faults().refuse(CallKind.SCAN, kind);
        dynamoDb.faults().refuse(CallKind.RECORDS, kind);
        Admission admission = fresh(StartupMode.INITIAL);

        assertThat(admission.admit(ORDERS, description())).isEmpty();
        assertThat(admission.admitStream(ORDERS, listing())).isEmpty();
    }

    @Test
    void aStreamThatIsNotOnIsRefused() {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        ShardListing listing = listing();
        ShardListing enabling =
                new ShardListing(listing.streamArn(), "ENABLING", listing.shards(), listing.serverTime());

        assertStopped(
                fresh(StartupMode.INITIAL).admitStream(ORDERS, enabling),
                "Table orders cannot be replicated",
                "ENABLING",
                "Start the job once the stream is ENABLED");
        assertThat(dynamoDb.calls().count(CallKind.RECORDS)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"DENIED", "NOT_FOUND", "UNKNOWN", "INVALID"})
    void aJobThatBeginsIsToldAtOnce(Refusal.Kind kind) {
        assertThat(fresh(StartupMode.INITIAL).refusesTable(ORDERS, refusal(kind), 1))
                .isTrue();
        assertThat(fresh(StartupMode.INITIAL).refusesStream(ORDERS, refusal(kind), 1))
                .isTrue();
    }

    @Test
    void aConnectionIsGivenSomeTries() {
        Admission admission = fresh(StartupMode.INITIAL);
        Refusal unavailable = refusal(Refusal.Kind.UNAVAILABLE);
        int tries = Admission.TRIES_TO_CONNECT;

        assertThat(admission.refusesTable(ORDERS, unavailable, tries - 1)).isFalse();
        assertThat(admission.refusesTable(ORDERS, unavailable, tries)).isTrue();
        assertThat(admission.refusesStream(ORDERS, unavailable, tries - 1)).isFalse();
        assertThat(admission.refusesStream(ORDERS, unavailable, tries)).isTrue();
    }

    @Test
    void whoeverAsksForFewerCallsIsWaitedFor() {
        Admission admission = fresh(StartupMode.INITIAL);

        assertThat(admission.refusesTable(ORDERS, refusal(Refusal.Kind.THROTTLED), 1_000))
                .isFalse();
        assertThat(admission.refusesStream(ORDERS, refusal(Refusal.Kind.THROTTLED), 1_000))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Refusal.Kind.class)
    void aRestoredTableIsWaitedForWhateverIsRefused(Refusal.Kind kind) {
        Admission admission = restored(Phase.SCANNING, StartupMode.INITIAL);

        assertThat(admission.refusesTable(ORDERS, refusal(kind), 1_000)).isFalse();
        assertThat(admission.refusesStream(ORDERS, refusal(kind), 1_000)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"DESCRIBING", "ANCHORING"})
    void aTableThatACheckpointCaughtBeforeItWasLetInIsLookedAtAgain(Phase phase) {
        dynamoDb.createTable(TableSpec.named(ORDERS).withoutStream());
        Admission admission = new Admission(config(StartupMode.INITIAL), service, List.of(state(phase, NEVER_COPIED)));

        assertStopped(admission.admit(ORDERS, description()), "no stream that is on");
        assertThat(admission.refusesTable(ORDERS, refusal(Refusal.Kind.DENIED), 1))
                .isTrue();
        assertThat(admission.refusesStream(ORDERS, refusal(Refusal.Kind.DENIED), 1))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"WITHDRAWING", "DESCRIBING", "ANCHORING"})
    void aTableThatIsToBeCopiedAgainIsWaitedFor(Phase phase) {
        dynamoDb.createTable(TableSpec.named(ORDERS).withoutStream());
        Admission admission = restored(phase, StartupMode.INITIAL);

        assertThat(admission.admit(ORDERS, description())).isEmpty();
        assertThat(admission.refusesTable(ORDERS, refusal(Refusal.Kind.NOT_FOUND), 1))
                .isFalse();
    }

    /** The table passed the checks for another start request, or it was another table. */
    @ParameterizedTest
    @EnumSource(names = {"WITHDRAWING", "DESCRIBING"})
    void aTableThatWasNotDescribedSinceItsStartRequestChangedIsNew(Phase phase) {
        dynamoDb.createTable(TableSpec.named(ORDERS).withoutStream());
        Admission admission =
                new Admission(config(StartupMode.INITIAL), service, List.of(state(phase, 1, Identity.UNKNOWN)));

        assertStopped(admission.admit(ORDERS, description()), "no stream that is on");
        assertThat(admission.refusesTable(ORDERS, refusal(Refusal.Kind.DENIED), 1))
                .isTrue();
    }

    @Test
    void aTableThatWasAddedToASavepointIsNew() {
        Admission admission = new Admission(
                TableConfigs.job(table(ORDERS, StartupMode.INITIAL), table("users", StartupMode.INITIAL)),
                service,
                List.of(state(Phase.STREAMING, 1)));

        assertThat(admission.refusesTable("users", refusal(Refusal.Kind.NOT_FOUND), 1))
                .isTrue();
        assertThat(admission.refusesTable(ORDERS, refusal(Refusal.Kind.NOT_FOUND), 1))
                .isFalse();
    }

    @Test
    void fullDeletesAreRefusedAtAStartAndWaitedForLater() {
        dynamoDb.createTable(TableSpec.named(ORDERS).withStream(StreamViewType.NEW_IMAGE));
        ReplicationConfig full = TableConfigs.job(TableConfigs.withFullDeletes(ORDERS, StartupMode.INITIAL));
        Admission restored = new Admission(full, service, List.of(state(Phase.STREAMING, 1)));

        for (Admission admission : List.of(new Admission(full, service, List.of()), restored)) {
            assertStopped(
                    admission.admit(ORDERS, description()),
                    "Table orders cannot be replicated",
                    "Add 'changelog.deletes' = 'key'");
        }
        assertThat(restored.admit(ORDERS, description()))
                .as("a job that runs waits for another stream")
                .isEmpty();
        assertThat(restored.unfitStream(ORDERS, description())).isPresent();
    }

    @Test
    void theTypeOfADeclaredKeyIsComparedAfterARestoreAsWell() {
        dynamoDb.createTable(TableSpec.named(ORDERS));
        TableConfig numbered = TableConfigs.declaring(
                ORDERS, StartupMode.INITIAL, List.of(new DeclaredKeyColumn("id", "BIGINT", List.of("N"))));
        for (long epoch : List.of(NEVER_COPIED, 1L)) {
            Admission admission =
                    new Admission(TableConfigs.job(numbered), service, List.of(state(Phase.STREAMING, epoch)));
            assertStopped(
                    admission.admit(ORDERS, description()),
                    "Table orders cannot be replicated: its key attribute 'id' has DynamoDB's type S",
                    "does not convert to BIGINT",
                    "Declare the column as STRING");
        }
    }

    @ParameterizedTest
    @EnumSource(Refusal.Kind.class)
    void everyRefusalNamesTheTableTheCauseAndTheNextStep(Refusal.Kind kind) {
        Admission admission = fresh(StartupMode.INITIAL);
        String nextStep = "(Check|Allow|Try again).*\\(the service's own words\\)";

        assertThat(admission.tableRefusal(ORDERS, refusal(kind)))
                .isInstanceOf(ReplicationStoppedException.class)
                .message()
                .startsWith("Table orders: ")
                .containsPattern(nextStep);
        assertThat(admission.streamRefusal(ORDERS, refusal(kind)))
                .isInstanceOf(ReplicationStoppedException.class)
                .message()
                .startsWith("Table orders: ")
                .containsPattern(nextStep);
    }

    private Admission fresh(StartupMode mode, String... declaredKey) {
        return new Admission(config(mode, declaredKey), service, List.of());
    }

    private Admission restored(Phase phase, StartupMode mode, String... declaredKey) {
        return new Admission(config(mode, declaredKey), service, List.of(state(phase, 1)));
    }

    private static ReplicationConfig config(StartupMode mode, String... declaredKey) {
        return TableConfigs.job(table(ORDERS, mode, declaredKey));
    }

    private static TableConfig table(String name, StartupMode mode, String... declaredKey) {
        return TableConfigs.declaring(name, mode, declaredKey);
    }

    private static TableState state(Phase phase, long epoch) {
        return state(phase, epoch, new Identity("id", "arn"));
    }

    private static TableState state(Phase phase, long epoch, Identity identity) {
        return TableState.restored(
                new StartRequest(StartupMode.INITIAL, ""),
                new Copy(ORDERS, epoch, phase, identity, Renewal.NONE),
                SplitLedger.EMPTY,
                StreamView.EMPTY);
    }

    private TableDescription description() {
        return value(service.describeTable(ORDERS));
    }

    private ShardListing listing() {
        return value(service.listShards(description().stream().orElseThrow().streamArn()));
    }

    private static <T> T value(Answer<T> answer) {
        return ((Answer.Ok<T>) answer).value();
    }

    private static Refusal refusal(Refusal.Kind kind) {
        return new Refusal(kind, "the service's own words");
    }

    private static void assertStopped(Optional<RuntimeException> refusal, String... says) {
        assertThat(refusal).hasValueSatisfying(stopped -> assertThat(stopped)
                .isInstanceOf(ReplicationStoppedException.class)
                .message()
                .contains(says));
    }
}
