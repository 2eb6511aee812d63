/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The content of {@code docs/options.md}, made of the declarations. */
final class OptionsPage {

    private static final String HEAD =
            """
            # Options

            Generated from `ReplicationOptions` and `AwsOptions`; edit the declarations, then run

                %s

            An option that is not listed here is refused, as is a value out of range, when the job is
            planned or built.
            """;

    private OptionsPage() {}

    static String write(String commandThatRewrites) {
        return HEAD.formatted(commandThatRewrites)
                + section("Tables, scan and stream", ReplicationOptions.all())
                + section("Columns of SQL tables", List.of(ReplicationOptions.COLUMN_PATH))
                + section("AWS", AwsOptions.all());
    }

    private static String section(String title, List<ConfigOption<?>> options) {
        return "\n## "
                + title
                + "\n\n| option | type | default | meaning |\n|---|---|---|---|\n"
                + options.stream().map(OptionsPage::row).collect(Collectors.joining());
    }

    private static String row(ConfigOption<?> option) {
        Formatter html = new HtmlFormatter();
        return "| `%s` | %s | %s | %s |\n"
                .formatted(option.key(), type(option), defaultValue(option), html.format(option.description()));
    }

    /** An option without a default is shown as a string, because Flink does not publish its type. */
    private static String type(ConfigOption<?> option) {
        Object value = option.hasDefaultValue() ? option.defaultValue() : "";
        if (value instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .map(allowed -> "`" + allowed + "`")
                    .collect(Collectors.joining(", "));
        }
        return value.getClass().getSimpleName();
    }

    private static String defaultValue(ConfigOption<?> option) {
        if (!option.hasDefaultValue()) {
            return "none";
        }
        Object value = option.defaultValue();
        return "`" + (value instanceof Duration duration ? TimeUtils.formatWithHighestUnit(duration) : value) + "`";
    }
}
