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
 * The log of refused calls. For each split and each run of refusals it logs the first refusal, the
 * end of the run, and one line in between if the run is long. Metrics count every refusal. A run ends
 * when a call brings a page; a new iterator does not end it, because the next call can refuse that
 * iterator. Used only by the fetcher's thread. Times are milliseconds on a clock that never goes back.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** Chosen: far longer than throttling or a failover in DynamoDB takes. */
    static final Duration LONG = Duration.ofMinutes(10);

    private final Consumer<String> warnings;
    private final Map<String, Run> runs = new HashMap<>();
    private int stalled;

    private static final class Run {
        private final long since;
        private boolean isLong;

        private Run(long since) {
            this.since = since;
        }
    }

    RefusalLog() {
        this(LOG::warn);
    }

    RefusalLog(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Adds a refusal to the run of the split, and logs it if it is the first or the run is long. */
    void refused(ReplicationSplit split, SplitCall call, Refusal refusal, long now) {
        Run run = runs.get(split.splitId());
        if (run == null) {
            runs.put(split.splitId(), new Run(now));
            warnings.accept("%s. It is made again until it succeeds.".formatted(refused(split, call, refusal)));
        } else if (!run.isLong && now - run.since > LONG.toMillis()) {
            run.isLong = true;
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

    /** Removes a split for which no further call is made. */
    void dropped(ReplicationSplit split) {
        end(split);
    }

    /** Ends the run of the split, and logs that. */
    void answered(ReplicationSplit split, SplitCall call) {
        if (end(split)) {
            LOG.info("{} of table {}, split {}, is answered again.", call.operation(), split.table(), split.splitId());
        }
    }

    private boolean end(ReplicationSplit split) {
        Run run = runs.remove(split.splitId());
        if (run != null && run.isLong) {
            stalled--;
        }
        return run != null;
    }
}
