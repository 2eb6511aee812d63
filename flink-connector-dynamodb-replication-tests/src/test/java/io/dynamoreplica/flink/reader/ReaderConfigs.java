/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.config.CopySchedule;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.Reader;
import io.dynamoreplica.flink.config.ReplicationConfig.Scan;
import io.dynamoreplica.flink.config.ReplicationConfig.Stream;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Configurations for the one table {@code orders}. */
final class ReaderConfigs {

    static final String TABLE = "orders";
    static final Reader ROOMY = new Reader(4, 64 << 20);

    private ReaderConfigs() {}

    static ReplicationConfig config(Reader reader) {
        return config(reader, Duration.ofMillis(1), Projection.wholeItem());
    }

    static ReplicationConfig config(Reader reader, Duration poll, Projection projection) {
        return config(reader, projection, new Stream(poll, GapPolicy.RESNAPSHOT, false, true));
    }

    /** Returns a configuration that continues after a gap. */
    static ReplicationConfig ignoringGaps() {
        Duration poll = Duration.ofMillis(1);
        return config(ROOMY, Projection.wholeItem(), new Stream(poll, GapPolicy.IGNORE, false, true));
    }

    private static ReplicationConfig config(Reader reader, Projection projection, Stream stream) {
        Scan scan = new Scan(0, 0, true, Duration.ZERO, HandOver.CHECKPOINT, 4);
        TableConfig table = new TableConfig(
                TABLE, StartupMode.INITIAL, projection, List.of(), false, "", CopySchedule.NEVER, scan, stream);
        return new ReplicationConfig(List.of(table), new JobConfig(Map.of(), Duration.ofSeconds(30), reader));
    }
}
