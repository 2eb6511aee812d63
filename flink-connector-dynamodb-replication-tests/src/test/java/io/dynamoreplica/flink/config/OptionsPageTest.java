/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

    private static final String COMMAND = "./mvnw test -pl flink-connector-dynamodb-replication-tests -am"
            + " -Dtest=OptionsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Doptions.page=rewrite";

    /** Maven runs tests in the folder of their module. */
    private static final Path PAGE = Path.of("..", "docs", "options.md");

    @Test
    void thePageInTheRepositoryIsTheOneThatTheDeclarationsGive() throws IOException {
        String page = OptionsPage.write(COMMAND);
        if ("rewrite".equals(System.getProperty("options.page"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("docs/options.md is out of date; to rewrite it: " + COMMAND)
                .hasContent(page);
    }
}
