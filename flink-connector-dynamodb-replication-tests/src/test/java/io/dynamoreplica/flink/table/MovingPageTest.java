/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;

/**
 * The options and the table of docs/moving.md: every option that the page names exists, and its table can
 * be planned. Planning checks all options and makes no call.
 */
class MovingPageTest {

    /** The path is relative to the module, in which Maven runs tests. */
    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern BLOCK = Pattern.compile("```sql\\R(.*?);\\s*```", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("`((?:scan|aws)\\.[a-zA-Z.-]+)`");

    @Test
    void itsTableCanBePlanned() throws IOException {
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        flink.getConfig().set("execution.checkpointing.interval", "30 s");
        List<String> statements =
                BLOCK.matcher(page()).results().map(block -> block.group(1)).toList();

        assertThat(statements).hasSize(1);
        flink.executeSql(statements.get(0));
        assertThat(flink.explainSql("SELECT * FROM orders")).contains("orders");
    }

    @Test
    void everyOptionItNamesIsOne() throws IOException {
        String options = Files.readString(DOCS.resolve("options.md"));
        List<String> named = OPTION.matcher(page())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();

        assertThat(named).hasSizeGreaterThanOrEqualTo(10);
        assertThat(named).allSatisfy(option -> assertThat(options).contains("| `" + option + "` |"));
    }

    private static String page() throws IOException {
        return Files.readString(DOCS.resolve("moving.md"));
    }
}
