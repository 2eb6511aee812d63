/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of refused calls. For each split and each period of refusals it logs the first refusal, the
 * end of the period, and one line in between if the period is long. Metrics count every refusal. Used
 * only by the fetcher's thread. Times are milliseconds on a clock that never goes back.
 *
 * <p>A period ends when a call brings a page, or when DynamoDB only says that the iterator has expired.
 * A new iterator does not end it, because the next call can refuse that iterator. If a gap is found, or
 * no further call is made, the period ends without a line.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** Chosen: far longer than throttling or a failover in DynamoDB takes. */
    static final Duration LONG = Duration.ofMinutes(10);

    private final Consumer<String> warnings;
    private final Map<String, Period> periods = new HashMap<>();
    private int stalled;

    private static final class Period {
        private final long since;
        private boolean isLong;

        private Period(long since) {
            this.since = since;
        }
    }

    RefusalLog() {
        this(LOG::warn);
    }

    RefusalLog(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Adds a refusal to the period of the split, and logs it if it is the first or the period is long. */
    void refused(ReplicationSplit split, SplitCall call, Refusal refusal, long now) {
        Period period = periods.get(split.splitId());
        if (period == null) {
            periods.put(split.splitId(), new Period(now));
            warnings.accept("%s. It is made again until it succeeds.".formatted(refused(split, call, refusal)));
        } else if (!period.isLong && now - period.since > LONG.toMillis()) {
            period.isLong = true;
            stalled++;
            warnings.accept(stalled(split, refused(split, call, refusal), refusal));
        }
    }

    private static String stalled(ReplicationSplit split, String lastCall, Refusal refusal) {
        return """
                Split %s makes no progress: its calls have been refused for more than %d minutes. The last one: %s. \
                The split waits for %s. Its position stays where it is, and the stream keeps unread changes for 24 \
                hours; see 'stalledSplits' in docs/operations.md."""
                .formatted(split.splitId(), LONG.toMinutes(), lastCall, waitsFor(refusal));
    }

    private static String refused(ReplicationSplit split, SplitCall call, Refusal refusal) {
        return "%s of table %s, split %s, was refused (%s): %s"
                .formatted(call.operation(), split.table(), split.splitId(), refusal.kind(), refusal.message());
    }

    private static String waitsFor(Refusal refusal) {
        return switch (refusal.kind()) {
            case THROTTLED -> "capacity: fewer calls by others, or more read units";
            case UNAVAILABLE -> "DynamoDB, which cannot be reached or does not answer";
            case DENIED -> "credentials or the permission for this call";
            case UNKNOWN -> "an answer of DynamoDB: the connector does not know this error";
            case TRIMMED ->
                """
                    a first record, or for a listing that shows the shard closed: the stream keeps none of its \
                    records now""";
            case NOT_FOUND -> "a listing that shows whether the table or shard still exists";
            case ITERATOR_EXPIRED -> "an iterator that has not expired";
            case INVALID -> "a description that shows whether the table was replaced";
        };
    }

    /** Returns the number of splits whose calls have all been refused for a long time. */
    int stalled() {
        return stalled;
    }

    /** Ends the period of the split without a line: no further call is made, or a gap was found. */
    void dropped(ReplicationSplit split) {
        end(split);
    }

    /** Ends the period of the split, and logs that. */
    void answered(ReplicationSplit split, SplitCall call) {
        if (end(split)) {
            LOG.info("{} of table {}, split {}, is answered again.", call.operation(), split.table(), split.splitId());
        }
    }

    private boolean end(ReplicationSplit split) {
        Period period = periods.remove(split.splitId());
        if (period != null && period.isLong) {
            stalled--;
        }
        return period != null;
    }
}
