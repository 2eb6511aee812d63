/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static io.dynamoreplica.flink.config.ReplicationOptions.COLUMN_PATH;
import static io.dynamoreplica.flink.config.ReplicationOptions.COLUMN_PATH_PREFIX;
import static io.dynamoreplica.flink.config.ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES;
import static io.dynamoreplica.flink.config.ReplicationOptions.PROJECTION_EXPRESSION;

import io.dynamoreplica.flink.config.ExpressionAttributeNames;
import io.dynamoreplica.flink.projection.DocumentPath;
import io.dynamoreplica.flink.projection.Excerpt;
import io.dynamoreplica.flink.projection.InvalidProjectionException;
import io.dynamoreplica.flink.projection.PathParser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.table.api.ValidationException;

/** Reads {@code 'attribute.<column>' = '<path>'}. */
final class ColumnPathOptions {

    private ColumnPathOptions() {}

    /**
     * @param table as errors name it
     * @param options all that the table is declared with
     * @throws ValidationException naming the option, what is wrong, and what to do
     */
    static ColumnPaths parse(String table, Map<String, String> options) {
        Map<String, String> texts = texts(options);
        if (texts.isEmpty()) {
            return ColumnPaths.NONE;
        }
        try {
            refuseExpression(options);
            PathParser parser = new PathParser(
                    ExpressionAttributeNames.parse(options.getOrDefault(EXPRESSION_ATTRIBUTE_NAMES.key(), "{}")));
            Map<String, DocumentPath> paths = new LinkedHashMap<>();
            texts.forEach((column, text) -> paths.put(column, path(parser, column, text)));
            parser.refuseUnusedNames();
            return new ColumnPaths(paths);
        } catch (InvalidProjectionException | IllegalConfigurationException wrong) {
            throw new ValidationException("Table " + table + ": " + wrong.getMessage());
        }
    }

    /** Leaves the options that belong to no column. */
    static void removeFrom(Map<String, String> options) {
        boolean columnsUseNames = !texts(options).isEmpty();
        options.keySet()
                .removeIf(key -> key.startsWith(COLUMN_PATH_PREFIX)
                        || columnsUseNames && key.equals(EXPRESSION_ATTRIBUTE_NAMES.key()));
    }

    private static Map<String, String> texts(Map<String, String> options) {
        Map<String, String> texts = new TreeMap<>();
        options.forEach((key, value) -> {
            if (key.startsWith(COLUMN_PATH_PREFIX)) {
                texts.put(key.substring(COLUMN_PATH_PREFIX.length()), value);
            }
        });
        return texts;
    }

    private static void refuseExpression(Map<String, String> options) {
        if (options.containsKey(PROJECTION_EXPRESSION.key())) {
            throw new IllegalConfigurationException("Both '"
                    + PROJECTION_EXPRESSION.key()
                    + "' and '"
                    + COLUMN_PATH.key()
                    + "' are set. Remove the expression: what the columns are read from is"
                    + " all that is asked for.");
        }
    }

    private static DocumentPath path(PathParser parser, String column, String text) {
        try {
            return parser.path(text);
        } catch (InvalidProjectionException invalid) {
            throw new IllegalConfigurationException("Option '"
                    + COLUMN_PATH_PREFIX
                    + column
                    + "' has the value '"
                    + Excerpt.of(text)
                    + "'. "
                    + invalid.getMessage()
                    + ".");
        }
    }
}
