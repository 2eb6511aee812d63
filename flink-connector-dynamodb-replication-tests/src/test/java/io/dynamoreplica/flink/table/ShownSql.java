/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/** The SQL that a page of the documentation shows, to be run as it stands there. */
final class ShownSql {

    /** Maven runs tests in the folder of their module. */
    private static final Path DOCS = Path.of("..", "docs");

    private static final Pattern BLOCK = Pattern.compile("```sql\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern SET = Pattern.compile("SET '([^']+)' = '([^']+)'");

    private ShownSql() {}

    /** Returns the statements of all blocks of a page, in their order. */
    static Stream<String> statements(String page) throws IOException {
        return BLOCK.matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .flatMap(block -> Stream.of(block.group(1).split(";")))
                .filter(statement -> !statement.isBlank())
                .map(String::strip);
    }

    /**
     * Executes a statement. SET is a command of the SQL client, so it is applied to the
     * configuration and has no result.
     */
    static Optional<TableResult> execute(TableEnvironment flink, String statement) {
        Matcher set = SET.matcher(statement);
        if (set.matches()) {
            flink.getConfig().set(set.group(1), set.group(2));
            return Optional.empty();
        }
        return Optional.of(flink.executeSql(statement));
    }
}
