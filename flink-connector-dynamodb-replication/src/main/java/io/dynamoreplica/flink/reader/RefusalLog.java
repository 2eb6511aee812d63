/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.Call;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the first refusal of a run and its end, a split at a time, not every retry: those are
 * metrics. Used by the fetcher's thread alone.
 */
final class RefusalLog {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    private final Set<String> refusedSplits = new HashSet<>();

    void refused(ReplicationSplit split, Call call, Refusal refusal) {
        if (refusedSplits.add(split.splitId())) {
            LOG.warn(
                    "{} of table {}, split {}, was refused ({}): {}. It is made again until it succeeds.",
                    call.operation(),
                    split.table(),
                    split.splitId(),
                    refusal.kind(),
                    refusal.message());
        }
    }

    /** The split is called for no more. */
    void dropped(ReplicationSplit split) {
        refusedSplits.remove(split.splitId());
    }

    void answered(ReplicationSplit split, Call call) {
        if (refusedSplits.remove(split.splitId())) {
            LOG.info(
                    "{} of table {}, split {}, is answered again.",
                    call.operation(),
                    split.table(),
                    split.splitId());
        }
    }
}
