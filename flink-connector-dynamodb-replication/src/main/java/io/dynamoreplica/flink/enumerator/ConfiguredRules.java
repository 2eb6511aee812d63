/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.GapPolicy;
import io.dynamoreplica.flink.config.HandOver;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.TableRules.HandOverRule;
import io.dynamoreplica.flink.protocol.TableRules.Mandate;
import io.dynamoreplica.flink.protocol.TableRules.OnGap;
import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableRules.StreamRules;
import java.util.Arrays;
import java.util.List;

/** The protocol's rules as the configuration gives them. */
final class ConfiguredRules {

    static List<TableRules> of(ReplicationConfig config) {
        return config.tables().stream().map(table -> of(table, config.job())).toList();
    }

    private static TableRules of(TableConfig table, JobConfig job) {
        ReplicationConfig.Scan scan = table.scan();
        return new TableRules(
                table.table(),
                new Mandate(start(table.startup()), table.renewal().resetToken()),
                handOver(scan.handOver()),
                new ScanRules(
                        scan.segments(),
                        scan.segmentsPerReader(),
                        scan.consistency().consistentRead(),
                        scan.consistency().settleTime().toMillis()),
                new StreamRules(
                        job.discoveryInterval().toMillis(),
                        table.stream().closedShardsOnly(),
                        onGap(table.stream().onGap()),
                        table.stream().balanceShards()));
    }

    static Start start(StartupMode mode) {
        return switch (mode) {
            case INITIAL -> Start.SNAPSHOT_THEN_STREAM;
            case SNAPSHOT -> Start.SNAPSHOT;
            case FULL_TABLE -> Start.FULL_TABLE;
            case LATEST_OFFSET -> Start.LATEST;
            case EARLIEST_OFFSET -> Start.EARLIEST;
        };
    }

    /** As the user names it. */
    static StartupMode mode(Start start) {
        return Arrays.stream(StartupMode.values())
                .filter(mode -> start(mode) == start)
                .findFirst()
                .orElseThrow();
    }

    private static OnGap onGap(GapPolicy policy) {
        return switch (policy) {
            case RESNAPSHOT -> OnGap.RESNAPSHOT;
            case FAIL -> OnGap.FAIL;
            case IGNORE -> OnGap.IGNORE;
        };
    }

    private static HandOverRule handOver(HandOver handOver) {
        return switch (handOver) {
            case CHECKPOINT -> HandOverRule.AFTER_CHECKPOINT;
            case IMMEDIATE -> HandOverRule.IMMEDIATE;
        };
    }

    private ConfiguredRules() {}
}
