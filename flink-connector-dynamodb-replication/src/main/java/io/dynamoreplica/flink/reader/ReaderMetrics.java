/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.MetricNames;

/**
 * The metrics of a reader: Flink's standard metrics of a source, and a group {@code dynamodb} of our
 * own.
 *
 * <p>{@code pendingRecords} is missing, because DynamoDB does not tell how many items or records are
 * left. {@code currentFetchEventTimeLag} is {@link FetchLag}.
 *
 * <p>Each method names the thread that calls it. Each counter has one writing thread.
 */
final class ReaderMetrics {

    private final MetricGroup own;
    private final ReaderHeadroom headroom;
    private final Counter recordsIn;
    private final Counter failedRecords;
    private final Counter calls;
    private final Counter recordsDropped;
    private final Map<Refusal.Kind, Counter> refused = new EnumMap<>(Refusal.Kind.class);
    private final Counter refusedOtherwise;
    private final FetchLag fetchLag = new FetchLag();
    private volatile long bytesInFlight;
    private volatile int stalledSplits;

    ReaderMetrics(SourceReaderMetricGroup group, ReaderHeadroom headroom) {
        this.headroom = headroom;
        recordsIn = group.getIOMetricGroup().getNumRecordsInCounter();
        failedRecords = group.getNumRecordsInErrorsCounter();
        group.gauge(MetricNames.CURRENT_FETCH_EVENT_TIME_LAG, (Gauge<Long>) fetchLag::millis);
        own = group.addGroup("dynamodb");
        calls = own.counter("calls");
        recordsDropped = own.counter("recordsDroppedBeforeAnchor");
        refused.put(Refusal.Kind.THROTTLED, own.counter("callsThrottled"));
        refused.put(Refusal.Kind.UNAVAILABLE, own.counter("callsUnavailable"));
        refused.put(Refusal.Kind.DENIED, own.counter("callsDenied"));
        refusedOtherwise = own.counter("callsRefusedOtherwise");
        own.gauge("bytesInFlight", (Gauge<Long>) () -> bytesInFlight);
        own.gauge("stalledSplits", (Gauge<Integer>) () -> stalledSplits);
        for (String table : headroom.tables()) {
            own.addGroup("table", table).gauge("retentionHeadroom", (Gauge<Long>) () -> headroom.seconds(table));
        }
    }

    ReaderHeadroom headroom() {
        return headroom;
    }

    /** Adds the metric of the splits that are being read. Task's thread, once. */
    void showHeldSplits(IntSupplier heldSplits) {
        own.gauge("heldSplits", (Gauge<Integer>) heldSplits::getAsInt);
    }

    /** Counts a call that was started. Fetcher's thread. */
    void called() {
        calls.inc();
    }

    /** Counts a call that was refused and will be made again. Fetcher's thread. */
    void refused(Refusal refusal) {
        refused.getOrDefault(refusal.kind(), refusedOtherwise).inc();
    }

    /** Takes a page of a shard for headroom and fetch lag. Fetcher's thread. */
    void fetched(ReplicationSplit split, ShardPage page) {
        headroom.answered(split, page);
        fetchLag.fetched(split.splitId(), page);
    }

    /** Removes a split that has ended or was withdrawn. Fetcher's thread. */
    void gone(ReplicationSplit split) {
        headroom.gone(split);
        fetchLag.gone(split.splitId());
    }

    /** Sets the number of splits that had only refusals for ten minutes or more. Fetcher's thread. */
    void stalledSplits(int splits) {
        stalledSplits = splits;
    }

    /** Sets the bytes in flight. Fetcher's thread. */
    void bytesInFlight(long bytes) {
        bytesInFlight = bytes;
    }

    /**
     * Corrects {@code numRecordsIn} for an element that Flink counts as one record. Task's thread.
     *
     * @param records the number of records in the element; 0 takes the count of Flink back
     */
    void emittedAsOne(int records) {
        recordsIn.inc(records - 1L);
    }

    /** Counts a record that could not be processed; the task fails. Task's thread. */
    void failed() {
        failedRecords.inc();
    }

    /** Counts a record before the anchor that was dropped. Task's thread. */
    void dropped() {
        recordsDropped.inc();
    }
}
