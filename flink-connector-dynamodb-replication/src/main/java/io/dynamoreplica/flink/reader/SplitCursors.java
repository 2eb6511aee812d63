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

/** Makes the cursor for a split, as configured for its table. */
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
        ShardTerms terms = new ShardTerms(
                table.stream().pollInterval().toMillis(), table.stream().onGap() == GapPolicy.IGNORE);
        return new ShardCursor((ShardSplit) split, terms, Backoff.DEFAULT);
    }
}
