/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a table that waits for a checkpoint leads to a warning. */
class FenceWatchTest {

    private final List<String> warnings = new ArrayList<>();
    private Duration now = Duration.ofDays(-1);
    private final FenceWatch watch = new FenceWatch(() -> now.toNanos(), warnings::add);

    @ParameterizedTest
    @EnumSource(names = {"FENCED", "WITHDRAWING"})
    void aLongWaitIsToldWithTheTableHowLongAndWhatToLookAt(Phase phase) {
        check(table("orders", phase, 7));
        pass(Duration.ofSeconds(59));
        check(table("orders", phase, 7));
        assertThat(warnings).isEmpty();

        pass(Duration.ofSeconds(1));
        check(table("orders", phase, 7));
        String awaited = phase == Phase.FENCED ? "a checkpoint" : "its readers or a checkpoint";
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("Table orders has waited for " + awaited + " for 1 min")
                .contains(phase.words() + ", epoch 7")
                .contains("Set 'execution.checkpointing.interval'", "whether checkpoints fail");
    }

    @Test
    void itIsToldAgainEachTenMinutes() {
        check(table("orders", Phase.FENCED, 7));
        for (int minute = 1; minute <= 31; minute++) {
            pass(Duration.ofMinutes(1));
            check(table("orders", Phase.FENCED, 7));
        }
        assertThat(warnings).hasSize(4);
        assertThat(warnings.get(1)).contains("for 11 min");
        assertThat(warnings.get(3)).contains("for 31 min");
    }

    @Test
    void howLongATableWaitsIsShown() {
        assertThat(watch.waited("orders")).isZero();
        check(table("orders", Phase.FENCED, 7));
        pass(Duration.ofSeconds(90));
        assertThat(watch.waited("orders")).hasSeconds(90);
        assertThat(watch.waited("users")).isZero();

        check(table("orders", Phase.STREAMING, 7));
        assertThat(watch.waited("orders")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FENCED", "WITHDRAWING"})
    void whatWaitsForNoCheckpointMayTakeItsTime(Phase phase) {
        check(table("orders", phase, 7));
        pass(Duration.ofHours(5));
        check(table("orders", phase, 7));

        assertThat(warnings).isEmpty();
    }

    @Test
    void theNextWaitIsAnotherOne() {
        check(table("orders", Phase.FENCED, 7));
        pass(Duration.ofSeconds(50));
        check(table("orders", Phase.SCANNING, 7));
        check(table("orders", Phase.FENCED, 7));
        pass(Duration.ofSeconds(50));
        check(table("orders", Phase.FENCED, 7));
        check(table("orders", Phase.WITHDRAWING, 7));
        pass(Duration.ofSeconds(50));
        check(table("orders", Phase.WITHDRAWING, 8));
        pass(Duration.ofSeconds(50));
        check(table("orders", Phase.WITHDRAWING, 8));
        assertThat(warnings).isEmpty();

        pass(Duration.ofSeconds(20));
        check(table("orders", Phase.WITHDRAWING, 8));
        check(table("orders", Phase.SCANNING, 9));
        check(table("orders", Phase.FENCED, 9));
        pass(Duration.ofMinutes(1));
        check(table("orders", Phase.FENCED, 9));
        assertThat(warnings).hasSize(2);
    }

    @Test
    void tablesWaitEachForItself() {
        check(table("orders", Phase.FENCED, 7), table("users", Phase.SCANNING, 7));
        pass(Duration.ofMinutes(11));
        check(table("orders", Phase.FENCED, 7), table("users", Phase.FENCED, 7));

        assertThat(warnings).singleElement().asString().startsWith("Table orders");
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void check(TableState... tables) {
        watch.check(List.of(tables));
    }

    private static TableState table(String name, Phase phase, long epoch) {
        return TableState.restored(
                new StartRequest(StartupMode.INITIAL, ""),
                new Copy(name, epoch, phase, Identity.UNKNOWN, Renewal.NONE),
                SplitLedger.EMPTY,
                StreamView.EMPTY);
    }
}
