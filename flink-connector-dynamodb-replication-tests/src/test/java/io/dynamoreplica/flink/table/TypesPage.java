/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.json.JsonItem;
import io.dynamoreplica.flink.config.ConversionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;

/** The rows of the table in docs/types.md. */
final class TypesPage {

    /** The path is relative to the module, in which Maven runs tests. */
    private static final Path PAGE = Path.of("..", "docs", "types.md");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");
    private static final Pattern OPTION = Pattern.compile("'([^']+)' = '([^']+)'");

    private TypesPage() {}

    /**
     * @param types the SQL types for which the row is true
     * @param values values that convert, as DynamoDB's JSON
     */
    record Row(
            AttributeType from,
            List<LogicalType> types,
            Map<String, String> options,
            List<String> values,
            Outcome outcome) {

        ConversionConfig conversion() {
            return ConversionConfig.parse(options);
        }
    }

    /**
     * @param becomes the result of each value; empty if there are no values
     * @param misfits values that do not convert
     */
    record Outcome(String becomes, List<String> misfits) {}

    static List<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| DynamoDB |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(TypesPage::row)
                .toList();
    }

    private static Row row(String line) {
        String[] cells = line.substring(1).split("\\|");
        Map<String, String> options = new HashMap<>();
        Matcher option = OPTION.matcher(cells[1]);
        while (option.find()) {
            options.put(option.group(1), option.group(2));
        }
        List<String> becomes = code(cells[3]);
        return new Row(
                AttributeType.valueOf(cells[0].strip()),
                code(cells[1]).stream()
                        .filter(text -> !text.contains(" = "))
                        .map(TypesPage::type)
                        .toList(),
                options,
                code(cells[2]),
                new Outcome(becomes.isEmpty() ? "" : becomes.get(0), code(cells[4])));
    }

    /** A value of the page. */
    static AttributeValue attribute(String json) {
        return new JsonItem("{\"a\": " + json + "}").materialise().get("a");
    }

    private static LogicalType type(String text) {
        return LogicalTypeParser.parse(text, TypesPage.class.getClassLoader());
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }
}
