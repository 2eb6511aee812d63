/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void commentsGoAndStatementsEndAtASemicolonThatEndsALine() {
        String text =
                """
                -- a comment; with a semicolon
                SET 'a' = 'b;c';

                SELECT
                    1;
                """;

        assertThat(SqlScript.parse(text, Map.of()).statements()).containsExactly("SET 'a' = 'b;c'", "SELECT\n    1");
    }

    @Test
    void aPlaceholderWithoutAValueIsRefused() {
        assertThatThrownBy(() -> SqlScript.parse("SELECT '${a}', '${b}';", Map.of("a", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("${b}");
    }

    @Test
    void theQuickStartsOwnScriptNeedsTwoValuesAndEndsWithTheJob() {
        SqlScript script = SqlScript.resource(
                "quickstart.sql", Map.of("dynamodb.endpoint", "http://localhost:1", "replica.url", "jdbc:x"));

        assertThat(script.statements()).last().asString().startsWith("INSERT INTO replica");
        assertThat(script.statements()).anyMatch(s -> s.contains("'http://localhost:1'"));
    }
}
