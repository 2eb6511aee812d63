/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a savepoint fits the configuration it is started with. Tables that are added are new; a
 * table that was removed, or whose start mode was changed, would leave readers with splits that
 * nobody answers for, and is refused for now.
 */
final class RestoredTables {

    static void check(ReplicationConfig config, EnumeratorState restored) {
        Set<String> configured =
                config.tables().stream().map(TableConfig::table).collect(Collectors.toSet());
        restored.tables()
                .forEach(
                        (name, table) -> {
                            if (!configured.contains(name)) {
                                throw new ReplicationStoppedException(
                                        "Table "
                                                + name
                                                + ": the savepoint replicates it, the configuration names "
                                                + configured
                                                + ". Configure it again, or start without the savepoint.");
                            }
                            Start start = ConfiguredRules.start(config.table(name).startup());
                            if (start != table.start()) {
                                throw new ReplicationStoppedException(
                                        "Table "
                                                + name
                                                + ": the savepoint was begun in startup mode "
                                                + table.start()
                                                + ", the configuration says "
                                                + start
                                                + ". Set 'scan.startup.mode' back, or start without the savepoint.");
                            }
                        });
    }

    private RestoredTables() {}
}
