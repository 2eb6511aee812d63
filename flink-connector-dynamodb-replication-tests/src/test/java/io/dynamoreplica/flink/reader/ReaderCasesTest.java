/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import static io.dynamoreplica.flink.reader.ReaderConfigs.ROOMY;
import static io.dynamoreplica.flink.reader.ReaderConfigs.TABLE;
import static io.dynamoreplica.flink.reader.ReaderConfigs.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.SealedCases;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.reader.cursor.ScanSplitState;
import io.dynamoreplica.flink.reader.cursor.ShardSplitState;
import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the rules of the reader leave out no case of a sealed type: a rule throws for an unknown case. */
class ReaderCasesTest {

    private static final ScanSplit SEGMENT = new ScanSplit(TABLE, 1, 0, 1, ScanPosition.START);
    private static final ShardSplit SHARD = new ShardSplit(
            new ShardKey(TABLE, "arn:stream", "shard-1"), 1, ShardPosition.BEGINNING, 0, ShardSplit.DROP_NOTHING);
    private static final MapItem ITEM = MapItem.of(Map.of("id", new AttributeValue.S("a")));
    private static final Refusal REFUSAL = new Refusal(Refusal.Kind.TRIMMED, "DynamoDB says so");

    private final ReplicationConfig config = config(ROOMY);
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final Withdrawals withdrawals = new Withdrawals();

    static List<Message> messages() {
        String unknown = "a split that was withdrawn";
        SplitCall call = new SplitCall.DescribeTable(TABLE);
        return SealedCases.of(
                Message.class,
                new Message.Answered(unknown, call, new Answer.Refused<>(REFUSAL)),
                new Message.Crashed(unknown, call, new IllegalStateException("broken")),
                new Message.Emitted(unknown, 0),
                new Message.Withdrawn(),
                new Message.Closed(unknown),
                new Message.WakeUp());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theSplitReaderHandlesEveryMessage(Message message) {
        try (FakeDynamoDb db = new FakeDynamoDb();
                ReplicationSplitReader reader = new ReplicationSplitReader(
                        config, db.service(), metrics.ofReader(() -> 0), withdrawals, () -> 0)) {
            FetchedBatch batch = new FetchedBatch(unread -> {});

            assertThatCode(() -> reader.handle(message, batch)).doesNotThrowAnyException();
        }
    }

    static List<Fetched> elements() {
        StreamRecord record =
                new StreamRecord("1", Operation.INSERT, new Images(ITEM, null, ITEM), Instant.EPOCH, false);
        ScanPage page = new ScanPage(List.of(ITEM), Optional.empty(), 100, 1, Instant.EPOCH);
        return SealedCases.of(
                Fetched.class,
                new Outcome.Scanned(page, List.of("id")),
                new Outcome.Gap(GapCause.TRIMMED, "gone", true),
                new Outcome.NothingGiven(REFUSAL),
                new Fetched.ShardRecord(record, Instant.EPOCH),
                new Fetched.ShardProof(1));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void theEmitterEmitsEveryElement(Fetched element) throws Exception {
        EventSchema schema = new EventSchema();
        schema.open(new SchemaContext(new TestingReaderContext(new Configuration(), metrics)));
        RecordingOutput output = new RecordingOutput();
        List<SourceEvent> messages = new ArrayList<>();
        SplitState state =
                element instanceof Outcome.Scanned ? new ScanSplitState(SEGMENT) : new ShardSplitState(SHARD);
        ReplicationSplit before = state.split();

        new ChangeEmitter<>(config, schema, metrics.ofReader(() -> 0), withdrawals, messages::add)
                .emitRecord(element, output.createOutputForSplit(before.splitId()), state);

        assertThat(!output.events().isEmpty()
                        || !messages.isEmpty()
                        || !state.split().equals(before))
                .as("something was emitted, reported or kept")
                .isTrue();
    }

    static List<ReplicationSplit> splits() {
        return SealedCases.of(ReplicationSplit.class, SEGMENT, SHARD);
    }

    @ParameterizedTest
    @MethodSource("splits")
    void everySplitHasACursorAndAState(ReplicationSplit split) {
        assertThat(new SplitCursors(config).of(split).call(0)).isNotNull();
        assertThat(SplitState.of(split).split()).isEqualTo(split);
    }

    @Test
    void aSegmentIsNeverClosed() {
        ActiveSplit segment = new ActiveSplit(SEGMENT, new SplitCursors(config).of(SEGMENT));

        assertThatThrownBy(segment::shardClosed)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(SEGMENT.splitId());
    }
}
