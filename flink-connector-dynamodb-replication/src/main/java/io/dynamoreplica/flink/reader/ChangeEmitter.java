/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.ChangeEvent.Origin;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.reader.Fetched.ScannedPage;
import io.dynamoreplica.flink.reader.Fetched.ShardGap;
import io.dynamoreplica.flink.reader.Fetched.ShardProof;
import io.dynamoreplica.flink.reader.Fetched.ShardRecord;
import io.dynamoreplica.flink.reader.Fetched.ShardUnread;
import io.dynamoreplica.flink.reader.cursor.ScanSplitState;
import io.dynamoreplica.flink.reader.cursor.ShardSplitState;
import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.Anchor;
import io.dynamoreplica.flink.split.GapFound;
import io.dynamoreplica.flink.split.NothingGiven;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/**
 * Turns fetched elements into the user's, and moves the state of their split; those of a withdrawn
 * split come to nothing. Runs in the task's thread.
 */
final class ChangeEmitter<T> implements RecordEmitter<Fetched, T, SplitState> {

    private final DynamoDbDeserializationSchema<T> schema;
    private final CopyEnds copyEnds;
    private final StreamImages streamImages;
    private final ReaderMetrics metrics;
    private final Withdrawals withdrawals;
    private final Consumer<SourceEvent> messages;
    private final TimestampedOutput<T> out = new TimestampedOutput<>();

    /** By table, the last epoch whose begin was said; no state, so it is said again. */
    private final Map<String, Long> begun = new HashMap<>();

    ChangeEmitter(
            ReplicationConfig config,
            DynamoDbDeserializationSchema<T> schema,
            ReaderMetrics metrics,
            Withdrawals withdrawals,
            Consumer<SourceEvent> messages) {
        this.schema = schema;
        this.copyEnds = new CopyEnds(config, schema);
        this.streamImages = new StreamImages(config);
        this.metrics = metrics;
        this.withdrawals = withdrawals;
        this.messages = messages;
    }

    @Override
    public void emitRecord(Fetched element, SourceOutput<T> output, SplitState state) throws IOException {
        if (withdrawals.cover(state.split())) {
            metrics.emittedAsOne(0);
        } else if (element instanceof ScannedPage scanned) {
            emitPage(scanned, output, (ScanSplitState) state);
        } else if (element instanceof ShardRecord shardRecord) {
            emitRecord(shardRecord, output, (ShardSplitState) state);
        } else if (element instanceof ShardProof proof) {
            metrics.emittedAsOne(0);
            ((ShardSplitState) state).proven(proof.time());
        } else if (element instanceof ShardGap gap) {
            reportGap(gap, (ShardSplitState) state);
        } else if (element instanceof ShardUnread unread) {
            metrics.emittedAsOne(0);
            messages.accept(new NothingGiven(((ShardSplitState) state).split(), unread.detail()));
        }
    }

    private void reportGap(ShardGap gap, ShardSplitState state) {
        metrics.emittedAsOne(0);
        messages.accept(new GapFound(state.split(), gap.cause(), gap.detail()));
        if (gap.goesOn()) {
            state.gapPassed();
        }
    }

    /**
     * In event time a copy stands before all that its stream will say: by the time of its pages the
     * watermark would be past every change that was made while the table was copied.
     */
    private void emitPage(ScannedPage scanned, SourceOutput<T> output, ScanSplitState state) throws IOException {
        ScanSplit split = state.split();
        long time = schema.timesCopies()
                ? Anchor.earliestChange(
                        split.epoch(), scanned.page().serverTime().toEpochMilli())
                : TimestampAssigner.NO_TIMESTAMP;
        begin(split, time, output);
        Origin origin = Origin.scanned(split.epoch(), scanned.page().serverTime());
        Projection keys = Projection.ofAttributes(scanned.keyNames());
        for (Item item : scanned.page().items()) {
            Images images = new Images(keys.of(item), null, item);
            ChangeEvent event = new ChangeEvent(split.table(), Operation.READ, images, origin);
            schema.deserialize(event, out.at(output, time));
        }
        state.emitted(scanned.page());
        metrics.emittedAsOne(scanned.page().items().size());
    }

    /** Ahead of the first page of a copy that this reader emits, one without items included. */
    private void begin(ScanSplit split, long time, SourceOutput<T> output) throws IOException {
        if (split.epoch() > begun.getOrDefault(split.table(), 0L)) {
            begun.put(split.table(), split.epoch());
            EpochEvent begin = new EpochEvent(split.table(), split.epoch(), Kind.BEGIN);
            schema.epoch(begin, out.at(output, time));
        }
    }

    private void emitRecord(ShardRecord element, SourceOutput<T> output, ShardSplitState state) throws IOException {
        ShardSplit split = state.split();
        StreamRecord record = element.record();
        copyEnds.learn(split, element.answered());
        if (state.wants(record)) {
            Origin origin = new Origin(
                    split.epoch(), record.created(), split.shardId(), record.sequenceNumber(), record.deletedByTtl());
            Images images = streamImages.projected(split.table(), record.images());
            ChangeEvent event = new ChangeEvent(split.table(), record.operation(), images, origin);
            schema.deserialize(event, out.at(output, record.created().toEpochMilli()));
        } else {
            metrics.dropped();
        }
        state.passed(record);
    }
}
