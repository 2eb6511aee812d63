/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The values of the metric {@code phase}, and the words in the log, are those of the docs. */
class PhasesOnThePageTest {

    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    @Test
    void thePageGivesEachPhaseItsNumberAndTheWordsOfTheLog() throws IOException {
        String listed = Arrays.stream(Phase.values())
                .map(phase -> phase.number() + " " + phase.words())
                .collect(Collectors.joining(", ", "`phase` (", ")"));
        assertThat(Files.readString(PAGE).replaceAll("\\s+", " ")).contains(listed);
    }
}
