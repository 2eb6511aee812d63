/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.junit.jupiter.api.Test;

/** The settings that docs/operations.md recommends, read as Flink reads them. */
class OperationsPageTest {

    /** The path is relative to the module, in which Maven runs tests. */
    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    private static final Pattern SET = Pattern.compile("SET '([^']+)' = '([^']+)';");

    @Test
    void aSqlJobIsRestoredByWhatThePageShows() throws Exception {
        Map<String, String> set = new HashMap<>();
        Matcher statements = SET.matcher(Files.readString(PAGE));
        while (statements.find()) {
            set.put(statements.group(1), statements.group(2));
        }

        SavepointRestoreSettings restored = SavepointRestoreSettings.fromConfiguration(Configuration.fromMap(set));

        assertThat(restored.restoreSavepoint()).isTrue();
        assertThat(restored.getRestorePath()).startsWith("s3://").contains("savepoint-");
        assertThat(restored.allowNonRestoredState()).isFalse();
    }

    @Test
    void theOlderKeyThatThePageNamesIsReadToo() throws Exception {
        assertThat(Files.readString(PAGE)).contains("`execution.savepoint.path`");
        assertThat(SavepointRestoreSettings.fromConfiguration(
                                Configuration.fromMap(Map.of("execution.savepoint.path", "s3://a")))
                        .getRestorePath())
                .isEqualTo("s3://a");
    }
}
