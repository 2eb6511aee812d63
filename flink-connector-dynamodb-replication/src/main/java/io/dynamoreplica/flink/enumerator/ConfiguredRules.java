/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableRules.StreamRules;
import java.util.List;

/** The conversion of the configuration into the protocol's rules. */
final class ConfiguredRules {

    static List<TableRules> of(ReplicationConfig config) {
        return config.tables().stream().map(table -> of(table, config.job())).toList();
    }

    private static TableRules of(TableConfig table, JobConfig job) {
        ReplicationConfig.Scan scan = table.scan();
        return new TableRules(
                table.table(),
                new StartRequest(table.startup(), table.resetToken()),
                scan.handOver(),
                new ScanRules(
                        scan.segments(),
                        scan.segmentsPerReader(),
                        scan.consistentRead(),
                        scan.settleTime().toMillis()),
                new StreamRules(
                        job.discoveryInterval().toMillis(),
                        table.stream().closedShardsOnly(),
                        table.stream().onGap(),
                        table.stream().balanceShards(),
                        false));
    }

    private ConfiguredRules() {}
}
