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
 * What a reader shows of itself: Flink's standard metrics of a source, and a group {@code dynamodb}
 * of our own.
 *
 * <p>{@code pendingRecords} is not among them: DynamoDB does not tell how many items or records are
 * left. {@code currentFetchEventTimeLag} is {@link FetchLag}.
 *
 * <p>Each method says whose thread calls it; counters have one writer each.
 */
final class ReaderMetrics {

    private final MetricGroup own;
    private final ReaderHeadroom headroom;
    private final Counter recordsIn;
    private final Counter errors;
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
        errors = group.getNumRecordsInErrorsCounter();
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

    /** Task's thread, once. */
    void showHeldSplits(IntSupplier heldSplits) {
        own.gauge("heldSplits", (Gauge<Integer>) heldSplits::getAsInt);
    }

    /** Fetcher's thread: a call was started. */
    void called() {
        calls.inc();
    }

    /** Fetcher's thread: a call was refused in passing and will be made again. */
    void refused(Refusal refusal) {
        errors.inc();
        refused.getOrDefault(refusal.kind(), refusedOtherwise).inc();
    }

    /** Fetcher's thread. */
    void fetched(ReplicationSplit split, ShardPage page) {
        headroom.answered(split, page);
        fetchLag.fetched(split.splitId(), page);
    }

    /** Fetcher's thread: the split has ended or was withdrawn. */
    void gone(ReplicationSplit split) {
        headroom.gone(split);
        fetchLag.gone(split.splitId());
    }

    /** Fetcher's thread: so many splits have had only refusals for ten minutes or more. */
    void stalledSplits(int splits) {
        stalledSplits = splits;
    }

    /** Fetcher's thread. */
    void bytesInFlight(long bytes) {
        bytesInFlight = bytes;
    }

    /**
     * Task's thread: an element that Flink counts as one record held this many. None takes one
     * back.
     */
    void emittedAsOne(int records) {
        recordsIn.inc(records - 1L);
    }

    /** Task's thread: a record before the anchor was left out. */
    void dropped() {
        recordsDropped.inc();
    }
}
