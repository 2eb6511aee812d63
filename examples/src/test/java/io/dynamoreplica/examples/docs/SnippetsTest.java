/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnippetsTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static final Pattern DEPENDENCY =
            Pattern.compile("<dependency>\\s*<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>");

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
        List<Snippets.Shown> shown = Snippets.in(Files.readString(ROOT.resolve("README.md")));

        assertThat(shown)
                .containsExactly(
                        new Snippets.Shown("sql", regionOf("sql", "examples/src/main/resources/orders.sql")),
                        new Snippets.Shown(
                                "datastream",
                                regionOf(
                                        "datastream",
                                        "examples/datastream-project/src/main/java/com/example/OrderChangesJob.java")));
    }

    @Test
    void thePageOnDataStreamsShowsWhatTestsRun() throws IOException {
        String job = "examples/datastream-project/src/main/java/com/example/OrderChangesJob.java";
        String tests =
                "flink-connector-dynamodb-replication-tests/src/test/java/io/dynamoreplica/flink/it/DataStreamPageIT.java";
        List<Snippets.Shown> shown = Snippets.in(Files.readString(ROOT.resolve("docs/datastream.md")));

        assertThat(shown)
                .containsExactly(
                        new Snippets.Shown("datastream", regionOf("datastream", job)),
                        new Snippets.Shown("own-schema", regionOf("own-schema", tests)),
                        new Snippets.Shown("several-tables", regionOf("several-tables", tests)),
                        new Snippets.Shown("all-tables", regionOf("all-tables", tests)),
                        new Snippets.Shown("reset", regionOf("reset", tests)));
    }

    @Test
    void thePageOnDataStreamsNamesEveryDependencyOfTheProjectToCopy() throws IOException {
        String pom = Files.readString(ROOT.resolve("examples/datastream-project/pom.xml"));
        String dependencies = pom.substring(0, pom.indexOf("<build>"));
        List<String> artifacts = DEPENDENCY
                .matcher(dependencies)
                .results()
                .map(found -> found.group(1) + ":" + found.group(2))
                .toList();

        assertThat(artifacts).contains("org.apache.flink:flink-connector-base").hasSize(6);
        assertThat(Files.readString(ROOT.resolve("docs/datastream.md"))).contains(artifacts);
    }

    @Test
    void noPageShowsJavaThatNothingRuns() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
            assertThat(pages).hasSizeGreaterThan(10);
            for (Path page : pages) {
                assertThat(Snippets.untagged(Files.readString(page)))
                        .as("%s has a block of Java without the name of a region", page)
                        .doesNotContain("```java");
            }
        }
    }

    @Test
    void aBlockWithoutTheNameOfARegionIsSeen() {
        String page = "<!-- snippet: two -->\n```java\nA\n```\n\n```java\nB\n```\n";

        assertThat(Snippets.untagged(page)).contains("```java\nB").doesNotContain("A");
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

                <!-- snippet: two -->
                ```sql
                SELECT 3;
                ```
                """;

        assertThat(Snippets.in(page)).containsExactly(new Snippets.Shown("two", "SELECT 3;"));
        assertThat(Snippets.in(page).get(0).code()).isNotEqualTo(Snippets.region(FILE, "two"));
    }

    private static String regionOf(String name, String file) throws IOException {
        return Snippets.region(Files.readString(ROOT.resolve(file)), name);
    }
}
