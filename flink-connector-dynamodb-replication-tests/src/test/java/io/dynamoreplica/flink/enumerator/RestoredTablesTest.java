/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoredTablesTest {

    private static final StartRequest INITIAL = new StartRequest(StartupMode.INITIAL, "");

    private static final EnumeratorState RESTORED =
            new EnumeratorState(Map.of("orders", TableState.fresh("orders", INITIAL, 7)), Map.of("customers", 5L));

    @Test
    void tablesThatAreConfiguredAsTheyWereGoOn() {
        RestoredTables tables = tables(table("orders", StartupMode.INITIAL, ""));
        assertThat(tables.unchanged()).extracting(TableState::table).containsExactly("orders");
    }

    @Test
    void anotherModeOrAnotherTokenIsAChange() {
        assertThat(tables(table("orders", StartupMode.LATEST_OFFSET, "")).unchanged())
                .isEmpty();
        assertThat(tables(table("orders", StartupMode.INITIAL, "again")).unchanged())
                .isEmpty();
    }

    @Test
    void aTokenThatIsTakenAwayIsNoChange() {
        EnumeratorState withToken = new EnumeratorState(
                Map.of("orders", TableState.fresh("orders", new StartRequest(StartupMode.INITIAL, "again"), 7)));
        RestoredTables tables = tables(withToken, table("orders", StartupMode.INITIAL, ""));
        assertThat(tables.unchanged()).extracting(TableState::table).containsExactly("orders");
        assertThat(tables.renewed()).isEmpty();
    }

    @Test
    void whatIsTakenOutLeavesItsEpochBehindUntilItComesBack() {
        assertThat(tables(table("users", StartupMode.INITIAL, "")).retired())
                .containsOnly(Map.entry("orders", 7L), Map.entry("customers", 5L));
        assertThat(tables(table("customers", StartupMode.INITIAL, "")).retired())
                .containsOnly(Map.entry("orders", 7L));
    }

    @Test
    void theLogSaysOfEachTableWhatBecomesOfIt() {
        assertThat(tables(table("orders", StartupMode.LATEST_OFFSET, "")).renewed())
                .containsExactly(
                        "Table orders began in startup mode initial and is now configured for latest-offset. Its replication begins again.");
        assertThat(tables(table("orders", StartupMode.INITIAL, "again")).renewed())
                .singleElement()
                .asString()
                .contains("Table orders has another reset token", "replication begins again");
        assertThat(tables(table("orders", StartupMode.INITIAL, "")).renewed()).isEmpty();
        assertThat(tables(table("users", StartupMode.INITIAL, "")).leftAndBegun())
                .containsExactly(
                        "Table orders is in the savepoint and no longer configured. Its state is dropped.",
                        "Table users is new. Its replication begins.");
    }

    private static RestoredTables tables(Named... configured) {
        return tables(RESTORED, configured);
    }

    private static RestoredTables tables(EnumeratorState restored, Named... configured) {
        return new RestoredTables(
                restored, ConfiguredRules.of(ReplicationConfigParser.parse(List.of(configured), Map.of())));
    }

    private static Named table(String name, StartupMode mode, String resetToken) {
        return resetToken.isEmpty()
                ? TableConfigs.named(name, mode)
                : TableConfigs.named(name, StartupMode.OPTION, mode.toString(), "scan.reset-token", resetToken);
    }
}
