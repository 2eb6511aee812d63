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
import io.dynamoreplica.flink.reader.cursor.Fetched;
import io.dynamoreplica.flink.reader.cursor.Fetched.ShardProof;
import io.dynamoreplica.flink.reader.cursor.Fetched.ShardRecord;
import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.reader.cursor.ScanSplitState;
import io.dynamoreplica.flink.reader.cursor.ShardSplitState;
import io.dynamoreplica.flink.reader.cursor.SplitState;
import io.dynamoreplica.flink.service.ScanPage;
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
 * The emitter that turns fetched elements into the user's elements. It also moves the state of their
 * split. The elements of a withdrawn split are dropped. Runs in the task's thread.
 */
final class ChangeEmitter<T> implements RecordEmitter<Fetched, T, SplitState> {

    private final DynamoDbDeserializationSchema<T> schema;
    private final CopyEnds copyEnds;
    private final StreamImages streamImages;
    private final ReaderMetrics metrics;
    private final Withdrawals withdrawals;
    private final Consumer<SourceEvent> messages;
    private final TimestampedOutput<T> out = new TimestampedOutput<>();

    /** By table, the last epoch whose begin was emitted. Not in state: a new attempt emits it again. */
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
        if (withdrawals.contains(state.split())) {
            metrics.emittedAsOne(0);
        } else if (element instanceof Outcome.Scanned scanned) {
            emitPage(scanned, output, (ScanSplitState) state);
        } else if (element instanceof ShardRecord shardRecord) {
            emitRecord(shardRecord, output, (ShardSplitState) state);
        } else if (element instanceof ShardProof proof) {
            metrics.emittedAsOne(0);
            ((ShardSplitState) state).proven(proof.time());
        } else if (element instanceof Outcome.Gap gap) {
            reportGap(gap, (ShardSplitState) state);
        } else if (element instanceof Outcome.NothingGiven nothing) {
            metrics.emittedAsOne(0);
            ShardSplit shard = ((ShardSplitState) state).split();
            messages.accept(new NothingGiven(shard, nothing.refusal().message()));
        } else {
            throw new IllegalArgumentException("No rule emits an element of %s".formatted(element.getClass()));
        }
    }

    private void reportGap(Outcome.Gap gap, ShardSplitState state) {
        metrics.emittedAsOne(0);
        messages.accept(new GapFound(state.split(), gap.cause(), gap.detail()));
        if (gap.goesOn()) {
            state.gapPassed();
        }
    }

    /**
     * Emits the items of a page. If the schema asks for times, the items get a time before all changes
     * of the stream. With the time of their page, the watermark would pass changes that were made during
     * the copy.
     */
    private void emitPage(Outcome.Scanned scanned, SourceOutput<T> output, ScanSplitState state) throws IOException {
        ScanSplit split = state.split();
        ScanPage page = scanned.page();
        long time = schema.timesCopies()
                ? Anchor.earliestChange(split.epoch(), page.serverTime().toEpochMilli())
                : TimestampAssigner.NO_TIMESTAMP;
        begin(split, time, output);
        Origin origin = Origin.scanned(split.epoch(), page.serverTime());
        Projection keys = Projection.ofAttributes(scanned.keyNames());
        for (Item item : page.items()) {
            Images images = new Images(keys.of(item), null, item);
            ChangeEvent event = new ChangeEvent(split.table(), Operation.READ, images, origin);
            deserialize(event, output, time);
        }
        state.emitted(page);
        metrics.emittedAsOne(page.items().size());
    }

    /** Emits the begin of a copy before this reader's first page of it, even if the page has no items. */
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
            deserialize(event, output, record.created().toEpochMilli());
        } else {
            metrics.dropped();
        }
        state.passed(record);
    }

    private void deserialize(ChangeEvent event, SourceOutput<T> output, long time) throws IOException {
        try {
            schema.deserialize(event, out.at(output, time));
        } catch (IOException | RuntimeException e) {
            metrics.failed();
            throw e;
        }
    }
}
