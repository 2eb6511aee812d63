/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.StartupMode;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestoredTablesTest {

    private static final EnumeratorState ORDERS =
            new EnumeratorState(
                    Map.of("orders", TableState.fresh("orders", Start.SNAPSHOT_THEN_STREAM, 7)));

    private static ReplicationConfig config(StartupMode mode, String... tables) {
        return ReplicationConfigParser.parse(
                Stream.of(tables).map(table -> new TableConfig(table, mode, List.of())).toList(),
                Map.of());
    }

    @Test
    void theSameTablesAndMoreGoOn() {
        ReplicationConfig same = config(StartupMode.INITIAL, "orders");
        ReplicationConfig more = config(StartupMode.INITIAL, "orders", "customers");
        assertThatCode(() -> RestoredTables.check(same, ORDERS)).doesNotThrowAnyException();
        assertThatCode(() -> RestoredTables.check(more, ORDERS)).doesNotThrowAnyException();
    }

    @Test
    void aTableThatWasRemovedIsRefused() {
        ReplicationConfig other = config(StartupMode.INITIAL, "customers");
        assertThatThrownBy(() -> RestoredTables.check(other, ORDERS))
                .isInstanceOf(ReplicationStoppedException.class)
                .hasMessageContainingAll(
                        "Table orders", "[customers]", "Configure it again", "savepoint");
    }

    @Test
    void anotherStartModeIsRefused() {
        ReplicationConfig other = config(StartupMode.LATEST_OFFSET, "orders");
        assertThatThrownBy(() -> RestoredTables.check(other, ORDERS))
                .isInstanceOf(ReplicationStoppedException.class)
                .hasMessageContainingAll(
                        "Table orders", "SNAPSHOT_THEN_STREAM", "LATEST", "scan.startup.mode");
    }
}
