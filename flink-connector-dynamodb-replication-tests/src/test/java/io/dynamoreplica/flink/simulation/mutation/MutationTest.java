/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.simulation.SimulationRun;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that each broken rule is found by the checker of the promise that it breaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {

    /**
     * More than every build plays: one mutation needs a finished shard that leaves a listing and comes back, which
     * happens once in some thousand histories.
     */
    private static final long SEEDS = 5000;

    private final Hunt hunt = new Hunt(SimulationRun.class.getName());
    private int tried;
    private int found;

    static Stream<Mutation> mutations() {
        return Stream.of(StreamMutations.ALL, FailureMutations.ALL, ReadingMutations.ALL, EpochMutations.ALL)
                .flatMap(area -> area.stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void isFound(Mutation mutation) {
        tried++;
        Optional<Hunt.Find> find = hunt.hunt(mutation, SEEDS);
        assertThat(find).as("what %s says of: %s", mutation.foundBy(), mutation).isPresent();
        found++;
        System.out.printf(
                "mutation found by %s at seed %d: %s%n",
                mutation.foundBy(), find.get().seed(), mutation);
    }

    @AfterAll
    void sayHowMany() {
        System.out.printf("mutations: found %d of %d%n", found, tried);
    }
}
