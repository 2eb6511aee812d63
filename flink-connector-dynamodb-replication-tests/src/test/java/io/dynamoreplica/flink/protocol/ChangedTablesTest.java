/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tables of a savepoint after the configuration has changed. */
class ChangedTablesTest {

    private static final TableRules ORDERS = Rules.INITIAL;
    private static final TableRules CUSTOMERS = Rules.named("customers", Rules.INITIAL);

    private final Story before = story(ORDERS, CUSTOMERS);

    ChangedTablesTest() {
        before.begin().copied();
        assertThat(before.tableStates().values()).allMatch(table -> table.phase() == Phase.STREAMING);
    }

    @Test
    void aResetTokenRenewsThatTableAlone() {
        Story after = resumed(ordersWith("again"), CUSTOMERS);
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
        Story after = renewedBy("again");
        after.checkpoints.complete(after.checkpoints.start());
        after.restore(2).begin();
        assertThat(after.phase()).isEqualTo(Phase.STREAMING);
    }

    @Test
    void aTokenThatIsTakenAwayRenewsNothingAndNeitherDoesTheSameOneSetAgain() {
        Story withToken = renewedBy("again");
        Story without = resumed(withToken, ORDERS, CUSTOMERS);
        without.begin();
        assertThat(without.phase()).isEqualTo(Phase.STREAMING);
        Story withTheSame = resumed(without, ordersWith("again"), CUSTOMERS);
        withTheSame.begin();
        assertThat(withTheSame.phase()).isEqualTo(Phase.STREAMING);
        assertThat(withTheSame.state().epoch()).isEqualTo(withToken.state().epoch());
    }

    @Test
    void anotherTokenRenewsATableWhoseTokenWasTakenAway() {
        Story without = resumed(renewedBy("again"), ORDERS, CUSTOMERS);
        without.begin();
        Story after = resumed(without, ordersWith("other"), CUSTOMERS);
        after.begin();
        assertThat(after.phase()).isEqualTo(Phase.WITHDRAWING);
    }

    @Test
    void anotherStartModeWithoutATokenKeepsTheOneBefore() {
        StartRequest before = new StartRequest(StartupMode.INITIAL, "again");
        ProtocolState changed = new Protocol(List.of(with(ORDERS, new StartRequest(StartupMode.LATEST_OFFSET, ""))))
                .initial(new EnumeratorState(Map.of("orders", TableState.fresh("orders", before, 0))), 1);
        assertThat(changed.tables().get("orders").startRequest())
                .isEqualTo(new StartRequest(StartupMode.LATEST_OFFSET, "again"));
    }

    @Test
    void anotherStartModeStartsTheTableAgain() {
        Story after = resumed(with(ORDERS, new StartRequest(StartupMode.LATEST_OFFSET, "")), CUSTOMERS);
        after.begin();
        after.checkpoints.complete(after.checkpoints.start());
        assertThat(after.phase()).isEqualTo(Phase.STREAMING);
        assertThat(after.state().start()).isEqualTo(StartupMode.LATEST_OFFSET);
        assertThat(after.held()).contains("a");
    }

    /** A job that fails over in the meantime must not take it for a table that was found fit. */
    @Test
    void aTableThatStartsAgainIsUnknownUntilItIsDescribed() {
        Story after = resumed(with(ORDERS, new StartRequest(StartupMode.LATEST_OFFSET, "")), CUSTOMERS);
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
        ProtocolState state = protocol.initial(new EnumeratorState(Map.of(), Map.of("orders", 9_000_000_000L)), 1);
        assertThat(state.tables().get("orders").epoch()).isEqualTo(9_000_000_000L);
        assertThat(state.tables().get("orders").phase()).isEqualTo(Phase.DESCRIBING);
    }

    private static Story story(TableRules... rules) {
        Story story = Story.of(2, rules);
        story.tables.values().forEach(table -> table.open("a"));
        return story;
    }

    /** Returns a job that has copied the table orders again because of a token. */
    private Story renewedBy(String token) {
        Story after = resumed(ordersWith(token), CUSTOMERS);
        after.begin();
        after.checkpoints.complete(after.checkpoints.start());
        after.copied();
        return after;
    }

    /** Starts a job with other rules from a savepoint of the previous job. */
    private Story resumed(TableRules... rules) {
        return resumed(before, rules);
    }

    private static Story resumed(Story from, TableRules... rules) {
        Story after = story(rules);
        after.checkpoints.resumeFrom(from);
        return after;
    }

    private static TableRules ordersWith(String token) {
        return with(ORDERS, new StartRequest(StartupMode.INITIAL, token));
    }

    private static TableRules with(TableRules like, StartRequest startRequest) {
        return new TableRules(like.table(), startRequest, like.handOver(), like.scan(), like.stream());
    }
}
