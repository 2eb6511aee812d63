/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.Call;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the first refusal of a run, a split at a time, and its end, and once in between if the run
 * is long. Not every retry: those are metrics. A run goes on until a call brings a page: an
 * iterator that is given, and refused when it is used, ends none. Used by the fetcher's thread
 * alone. Times are milliseconds on a clock that never goes back.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    /** Chosen: well above what throttling or a failover of DynamoDB's takes. */
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

    void refused(ReplicationSplit split, Call call, Refusal refusal, long now) {
        Run run = runs.get(split.splitId());
        if (run == null) {
            runs.put(split.splitId(), new Run(now));
            warnings.accept("%s. It is made again until it succeeds.".formatted(what(split, call, refusal)));
        } else if (!run.isLong && now - run.since > LONG.toMillis()) {
            run.isLong = true;
            stalled++;
            warnings.accept(
                    "Split %s makes no progress: its calls have been refused for more than %d minutes. The last one: %s. The split waits for %s. Its position stays where it is, and the stream keeps what was not read for 24 hours; see 'stalledSplits' in docs/operations.md."
                            .formatted(
                                    split.splitId(), LONG.toMinutes(), what(split, call, refusal), waitsFor(refusal)));
        }
    }

    private static String what(ReplicationSplit split, Call call, Refusal refusal) {
        return "%s of table %s, split %s, was refused (%s): %s"
                .formatted(call.operation(), split.table(), split.splitId(), refusal.kind(), refusal.message());
    }

    private static String waitsFor(Refusal refusal) {
        return switch (refusal.kind()) {
            case THROTTLED -> "capacity: fewer calls by others, or more read units";
            case UNAVAILABLE -> "DynamoDB to be reached and to answer";
            case DENIED -> "credentials or the permission for this call";
            case UNKNOWN -> "an answer of DynamoDB: the connector does not know this error";
            case TRIMMED ->
                "a first record, or for a listing that shows the shard closed: the stream keeps"
                        + " none of its records now";
            case NOT_FOUND -> "a listing that shows what became of the table or shard";
            case ITERATOR_EXPIRED -> "an iterator that lives";
            case INVALID -> "a description that shows what became of the table";
        };
    }

    /** How many splits have had nothing but refusals for a long time. */
    int stalled() {
        return stalled;
    }

    /** The split is called for no more. */
    void dropped(ReplicationSplit split) {
        end(split);
    }

    void answered(ReplicationSplit split, Call call) {
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
