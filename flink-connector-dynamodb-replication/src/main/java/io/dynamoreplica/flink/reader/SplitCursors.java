/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.reader.cursor.Backoff;
import io.dynamoreplica.flink.reader.cursor.KeyNames;
import io.dynamoreplica.flink.reader.cursor.ScanCursor;
import io.dynamoreplica.flink.reader.cursor.ShardCursor;
import io.dynamoreplica.flink.reader.cursor.ShardTerms;
import io.dynamoreplica.flink.reader.cursor.SplitCursor;
import io.dynamoreplica.flink.service.ScanTerms;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;

/** The factory of cursors, by the configuration of each table. */
final class SplitCursors {

    private final ReplicationConfig config;
    private final KeyNames keyNames = new KeyNames();

    SplitCursors(ReplicationConfig config) {
        this.config = config;
    }

    SplitCursor of(ReplicationSplit split) {
        TableConfig table = config.table(split.table());
        if (split instanceof ScanSplit scan) {
            return new ScanCursor(scan, ScanTerms.of(table), keyNames, Backoff.DEFAULT);
        }
        if (split instanceof ShardSplit shard) {
            long pollMillis = table.stream().pollInterval().toMillis();
            boolean goesOnAfterGap = table.stream().onGap() == GapPolicy.IGNORE;
            return new ShardCursor(shard, new ShardTerms(pollMillis, goesOnAfterGap), Backoff.DEFAULT);
        }
        throw new IllegalArgumentException("There is no cursor for a split of %s".formatted(split.getClass()));
    }
}
