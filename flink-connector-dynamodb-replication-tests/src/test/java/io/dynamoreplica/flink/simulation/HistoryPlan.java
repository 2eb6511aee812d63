/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.protocol.TableRules.ScanRules;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableRules.StreamRules;
import io.dynamoreplica.flink.simulation.engine.Dice;
import io.dynamoreplica.flink.simulation.engine.Downstream.Exchange;
import io.dynamoreplica.flink.simulation.engine.JobPlan;
import io.dynamoreplica.flink.simulation.world.WorldPlan;
import java.util.List;

/**
 * The plan of a history. The seed decides it before the history begins.
 *
 * @param steps the number of steps before the world calms down
 */
record HistoryPlan(WorldPlan world, JobPlan job, int parallelism, Tempo tempo, int steps) {

    /**
     * The frequency of each kind of event in a history. 0 means never; higher numbers are more frequent.
     *
     * @param headStart whether the job runs without faults at first, so that streams are already read
     * @param world events of the world
     * @param time steps in which time passes
     * @param checkpoints begun, completed or aborted
     * @param faults of tasks and of the whole job
     * @param work moves between two of these
     */
    record Tempo(boolean headStart, int world, int time, int checkpoints, int faults, int work) {

        static Tempo of(Dice dice) {
            return new Tempo(
                    dice.below(3) > 0,
                    dice.between(1, 6),
                    dice.between(1, 3),
                    dice.between(1, 6),
                    dice.between(0, 2),
                    dice.between(2, 30));
        }
    }

    static HistoryPlan of(Dice dice) {
        WorldPlan world = WorldPlan.of(dice.fork());
        long discovery = 1000L * dice.between(5, 300);
        StartupMode start = start(dice);
        ScanRules scan = new ScanRules(dice.between(0, 4), dice.between(1, 2), dice.below(4) > 0, 10_000);
        StreamRules stream = new StreamRules(discovery, dice.oneIn(6), onGap(dice), true, false);
        List<TableRules> rules = tables(world.tables().count()).stream()
                .map(table -> new TableRules(table, new StartRequest(start, ""), HandOver.CHECKPOINT, scan, stream))
                .toList();
        Exchange exchange = dice.oneIn(3) ? Exchange.FORWARD : Exchange.KEYED;
        JobPlan job = new JobPlan(rules, 1000L * dice.between(1, 20), exchange, dice.between(1, 3));
        return new HistoryPlan(world, job, dice.between(1, 3), Tempo.of(dice), dice.between(20, 120));
    }

    private static List<String> tables(int count) {
        return count == 1 ? List.of("orders") : List.of("orders", "orders-1");
    }

    private static GapPolicy onGap(Dice dice) {
        return switch (dice.below(4)) {
            case 0 -> GapPolicy.FAIL;
            case 1 -> GapPolicy.IGNORE;
            default -> GapPolicy.RESNAPSHOT;
        };
    }

    private static StartupMode start(Dice dice) {
        return switch (dice.below(12)) {
            case 0 -> StartupMode.LATEST_OFFSET;
            case 1 -> StartupMode.EARLIEST_OFFSET;
            case 2 -> StartupMode.SNAPSHOT;
            default -> StartupMode.INITIAL;
        };
    }
}
