/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SnippetsTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static final String FILE =
            """
            class A {
                // region one
                int one =
                        1;
                // endregion
            }
            -- region two
            SELECT 2;
            -- endregion
            """;

    @Test
    void theReadmeShowsTheExamplesAsTheyAre() throws IOException {
        Path readme = ROOT.resolve("README.md");
        assumeTrue(Files.exists(readme), "there is no README yet");

        assertThat(Snippets.in(Files.readString(readme)))
                .extracting(Snippets.Shown::file)
                .contains(
                        "examples/src/main/resources/quickstart.sql",
                        "examples/src/main/java/io/dynamoreplica/examples/datastream/OrderChangesJob.java");
        assertThat(Snippets.in(Files.readString(readme)))
                .allSatisfy(
                        shown ->
                                assertThat(shown.code())
                                        .isEqualTo(
                                                Snippets.region(
                                                        Files.readString(
                                                                ROOT.resolve(shown.file())),
                                                        shown.region())));
    }

    @Test
    void aRegionIsMovedToTheLeft() {
        assertThat(Snippets.region(FILE, "one")).isEqualTo("int one =\n        1;");
        assertThat(Snippets.region(FILE, "two")).isEqualTo("SELECT 2;");
    }

    @Test
    void aRegionThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> Snippets.region(FILE, "three"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("three");
    }

    @Test
    void aBlockThatDiffersFromTheFileIsSeenToDiffer() {
        String page =
                """
                Text.

                <!-- from a/File.java#two -->
                ```sql
                SELECT 3;
                ```
                """;

        assertThat(Snippets.in(page))
                .containsExactly(new Snippets.Shown("a/File.java", "two", "SELECT 3;"));
        assertThat(Snippets.in(page).get(0).code()).isNotEqualTo(Snippets.region(FILE, "two"));
    }
}
