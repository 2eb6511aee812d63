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

/** The options {@code 'attribute.<column>' = '<path>'} of a declaration. */
final class ColumnPathOptions {

    private ColumnPathOptions() {}

    /**
     * Reads the paths of columns.
     *
     * @param options all options of the declaration
     * @throws ValidationException with the option, the problem and the next step
     */
    static ColumnPaths parse(Map<String, String> options) {
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
        } catch (InvalidProjectionException | IllegalConfigurationException invalid) {
            // Without a cause: SQL clients show only the innermost message.
            throw new ValidationException(invalid.getMessage());
        }
    }

    /** Removes the options of columns, and keeps the options of the table. */
    static void removeFrom(Map<String, String> options) {
        if (!texts(options).isEmpty()) {
            options.keySet().removeIf(key -> key.startsWith(COLUMN_PATH_PREFIX));
            options.remove(EXPRESSION_ATTRIBUTE_NAMES.key());
        }
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
            throw new IllegalConfigurationException(
                    """
                    Both '%s' and '%s' are set. Remove the expression: only the attributes from which columns are \
                    read are requested."""
                            .formatted(PROJECTION_EXPRESSION.key(), COLUMN_PATH.key()));
        }
    }

    private static DocumentPath path(PathParser parser, String column, String text) {
        try {
            return parser.path(text);
        } catch (InvalidProjectionException invalid) {
            throw new IllegalConfigurationException("Option '%s%s' has the value '%s'. %s."
                    .formatted(COLUMN_PATH_PREFIX, column, Excerpt.of(text), invalid.getMessage()));
        }
    }
}
