/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The statements of a SQL file, as the SQL client would run them: comments on lines of their own,
 * each statement ended by a semicolon at the end of a line.
 */
record SqlScript(List<String> statements) {

    static SqlScript resource(String name, Map<String, String> placeholders) {
        try (InputStream file = SqlScript.class.getClassLoader().getResourceAsStream(name)) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8), placeholders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param placeholders values for <code>${name}</code>
     * @throws IllegalArgumentException if one is left without a value
     */
    static SqlScript parse(String text, Map<String, String> placeholders) {
        String sql = text.replaceAll("(?m)^--.*\\R?", "");
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            sql = sql.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
        }
        if (sql.contains("${")) {
            throw new IllegalArgumentException(
                    "No value for " + sql.substring(sql.indexOf("${"), sql.indexOf('}') + 1));
        }
        return new SqlScript(Arrays.stream(sql.split("(?m);\\s*$"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList());
    }
}
