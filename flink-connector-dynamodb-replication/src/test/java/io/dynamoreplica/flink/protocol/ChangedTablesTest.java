/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.TableRules.Mandate;
import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the tables of a savepoint when the configuration has changed since. */
class ChangedTablesTest {

    private static final TableRules ORDERS = Rules.INITIAL;
    private static final TableRules CUSTOMERS = Rules.named("customers", Rules.INITIAL);

    private final Story before = story(ORDERS, CUSTOMERS);

    ChangedTablesTest() {
        before.begin().copied();
        assertThat(before.tableStates().values())
                .allMatch(table -> table.phase() == Phase.STREAMING);
    }

    @Test
    void aResetTokenRenewsThatTableAlone() {
        Story after =
                resumed(with(ORDERS, new Mandate(Start.SNAPSHOT_THEN_STREAM, "again")), CUSTOMERS);
        after.begin();
        assertThat(after.phase()).isEqualTo(Phase.WITHDRAWING);
        after.checkpoints.complete(after.checkpoints.start());
        assertThat(after.phase()).isEqualTo(Phase.SCANNING);
        assertThat(after.state().epoch()).isGreaterThan(before.state().epoch());
        assertThat(after.tableStates().get("customers").splits().entries())
                .hasSameSizeAs(before.tableStates().get("customers").splits().entries());
        after.copied();
        assertThat(after.held()).containsExactlyInAnyOrder("a", "a");
        assertThat(after.contradictions).isEmpty();
    }

    @Test
    void theSameTokenNextTimeRenewsNothing() {
        TableRules renewed = with(ORDERS, new Mandate(Start.SNAPSHOT_THEN_STREAM, "again"));
        Story after = resumed(renewed, CUSTOMERS);
        after.begin();
        after.checkpoints.complete(after.checkpoints.start());
        after.copied();
        after.checkpoints.complete(after.checkpoints.start());
        after.restore(2).begin();
        assertThat(after.phase()).isEqualTo(Phase.STREAMING);
    }

    @Test
    void anotherStartModeReplicatesTheTableAnew() {
        Story after = resumed(with(ORDERS, new Mandate(Start.LATEST, "")), CUSTOMERS);
        after.begin();
        after.checkpoints.complete(after.checkpoints.start());
        assertThat(after.phase()).isEqualTo(Phase.STREAMING);
        assertThat(after.state().start()).isEqualTo(Start.LATEST);
        assertThat(after.held()).contains("a");
    }

    /** So that a job that fails over meanwhile does not take it for one that was found fit. */
    @Test
    void aTableThatIsToBeReplicatedAnewIsUnknownUntilItIsDescribed() {
        Story after = resumed(with(ORDERS, new Mandate(Start.LATEST, "")), CUSTOMERS);
        after.start();
        after.checkpoints.complete(after.checkpoints.start());
        after.restore(2);
        assertThat(after.phase()).isEqualTo(Phase.WITHDRAWING);
        assertThat(after.state().identity()).isEqualTo(Identity.UNKNOWN);

        after.begin();
        after.checkpoints.complete(after.checkpoints.start());
        assertThat(after.state().identity()).isNotEqualTo(Identity.UNKNOWN);
    }

    @Test
    void aTableThatIsAddedIsCopiedWhileTheOthersGoOn() {
        Story after = resumed(ORDERS, CUSTOMERS, Rules.named("users", Rules.INITIAL));
        after.begin();
        assertThat(after.tableStates().get("users").phase()).isEqualTo(Phase.SCANNING);
        assertThat(after.phase()).isEqualTo(Phase.STREAMING);
    }

    @Test
    void aTableThatComesBackGoesOnWithItsEpochs() {
        Protocol protocol = new Protocol(List.of(ORDERS));
        ProtocolState state =
                protocol.initial(
                        new EnumeratorState(Map.of(), Map.of("orders", 9_000_000_000L)), 1);
        assertThat(state.tables().get("orders").epoch()).isEqualTo(9_000_000_000L);
        assertThat(state.tables().get("orders").phase()).isEqualTo(Phase.DESCRIBING);
    }

    private static Story story(TableRules... rules) {
        Story story = Story.of(2, rules);
        story.tables.values().forEach(table -> table.open("a"));
        return story;
    }

    /** A job with other rules, from a savepoint of the one before. */
    private Story resumed(TableRules... rules) {
        Story after = story(rules);
        after.checkpoints.resumeFrom(before);
        return after;
    }

    private static TableRules with(TableRules like, Mandate mandate) {
        return new TableRules(like.table(), mandate, like.handOver(), like.scan(), like.stream());
    }
}
