/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.ProtocolAction;
import io.dynamoreplica.flink.protocol.SampleActions;
import io.dynamoreplica.flink.simulation.engine.Downstream.Exchange;
import io.dynamoreplica.flink.simulation.world.World;
import io.dynamoreplica.flink.simulation.world.WorldPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the model carries out every action of the protocol. An unknown action makes it throw. */
class CoordinatorTest {

    static List<ProtocolAction> actions() {
        return SampleActions.all();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void carriesOut(ProtocolAction action) {
        List<Observation> observed = new ArrayList<>();
        Coordinator.Wiring wiring = new Coordinator.Wiring(1, (subtask, message) -> {}, observed::add);
        JobPlan plan = new JobPlan(List.of(), 1_000, Exchange.KEYED, 1);
        Coordinator coordinator = new Coordinator(plan, new World(new Random(1), WorldPlan.CALM), Map.of(), wiring);

        coordinator.perform(action);

        assertThat(observed).contains(new Observation.Acting(action));
    }
}
