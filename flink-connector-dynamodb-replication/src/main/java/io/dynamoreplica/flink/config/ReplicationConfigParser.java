/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.Reader;
import io.dynamoreplica.flink.config.ReplicationConfig.Scan;
import io.dynamoreplica.flink.config.ReplicationConfig.Stream;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.policy.StartupMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.MemorySize;

/**
 * The parser that makes the one configuration of the user's options. It refuses every error that can
 * be found without a call to AWS. Each error names the option, the user's value and what is allowed.
 */
@Internal
public final class ReplicationConfigParser {

    /** DynamoDB's own limit. */
    static final int MOST_SEGMENTS = 1_000_000;

    /** A page ends at 1 MB, and an item takes at least a byte of it. */
    static final int MOST_PAGE_ITEMS = 1_000_000;

    /** Each segment holds one page of about 1 MB until it is emitted: this many take a gigabyte. */
    static final int MOST_SEGMENTS_PER_READER = 1_000;

    /** Each call takes a thread and a connection. */
    static final int MOST_CONCURRENT_CALLS = 512;

    /** A page of 1 MB takes several MB when it is decoded. Less than this could not hold one page. */
    static final MemorySize LEAST_BYTES_IN_FLIGHT = MemorySize.ofMebiBytes(8);

    /** A stream keeps its records for 24 hours. A longer pause than an hour puts them at risk. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /**
     * An iterator expires after 15 minutes. With a longer interval than that, each call would need a
     * new iterator, and a new iterator is no proof that no record was trimmed. A shard without records
     * for a day would look like a gap.
     */
    private static final Duration LONGEST_POLL = Duration.ofMinutes(10);

    private ReplicationConfigParser() {}

    /**
     * Parses the configuration of some tables.
     *
     * @param tables at least one table, each with its complete settings
     * @param job the options that apply to all tables, with those of {@link AwsOptions}; options of
     *     single tables are ignored here
     * @throws IllegalConfigurationException if an option is unknown, out of range, or contradicts
     *     another
     */
    public static ReplicationConfig parse(List<Named> tables, Map<String, String> job) {
        refuseUnusable(tables);
        List<TableConfig> parsed = tables.stream()
                .map(table -> namingTheTable(table.name(), () -> table(table)))
                .toList();
        String allNames = tables.stream().map(Named::name).collect(Collectors.joining(", "));
        return new ReplicationConfig(parsed, namingTheTable(allNames, () -> job(job)));
    }

    /** Adds the table to an error, because the parsers of single options do not know it. */
    private static <T> T namingTheTable(String table, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalConfigurationException wrong) {
            // Without a cause, because many tools only show the innermost message.
            throw new IllegalConfigurationException("Table %s: %s".formatted(table, wrong.getMessage()));
        }
    }

    /**
     * Parses the configuration of the one table that the options name.
     *
     * @param attributes the top-level attributes to replicate, in place of a projection expression;
     *     empty if not set
     * @throws IllegalConfigurationException as above, and if no table is named
     */
    public static ReplicationConfig parse(Map<String, String> options, List<String> attributes) {
        String name = OptionReader.of(options)
                .text(ReplicationOptions.TABLE_NAME)
                .orElseThrow(() -> unnamed(options.keySet()));
        return parse(List.of(new Named(name, new TableSettings(attributes, options))), options);
    }

    private static TableConfig table(Named table) {
        TableSettings settings = table.settings();
        OptionNames.refuseUnknown(settings.options().keySet());
        OptionReader reader = OptionReader.of(settings.options());
        StartupMode startup = reader.value(ReplicationOptions.STARTUP_MODE);
        return new TableConfig(
                table.name(),
                startup,
                ProjectionOptionsParser.parse(reader, settings.attributes()),
                List.of(),
                false,
                reader.text(ReplicationOptions.RESET_TOKEN).orElse(""),
                new CopyScheduleParser(reader).parse(startup),
                scan(reader),
                stream(reader));
    }

    /**
     * Parses the options that apply to a whole job, whatever its tables.
     *
     * @throws IllegalConfigurationException if one of them is unknown or out of range
     */
    public static JobConfig job(Map<String, String> options) {
        OptionNames.refuseUnknown(options.keySet());
        // Parsed here only to report errors. The code that makes rows parses them again.
        ConversionConfig.parse(options);
        ChangelogConfig.parse(options);
        OptionReader reader = OptionReader.of(options);
        return new JobConfig(
                aws(options),
                reader.duration(ReplicationOptions.STREAM_DISCOVERY_INTERVAL, Duration.ofSeconds(1), LONGEST_PAUSE),
                reader(reader));
    }

    /** Refuses unknown keys first, because the key of the name may have a typing error. */
    private static IllegalConfigurationException unnamed(Set<String> keys) {
        OptionNames.refuseUnknown(keys);
        return new IllegalConfigurationException("Option '%s' is not set. Name the DynamoDB table to replicate."
                .formatted(ReplicationOptions.TABLE_NAME.key()));
    }

    private static void refuseUnusable(List<Named> tables) {
        if (tables.isEmpty()) {
            throw new IllegalConfigurationException("There is no table to replicate. Name at least one.");
        }
        List<String> names = tables.stream().map(Named::name).toList();
        names.forEach(TableNames::check);
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalConfigurationException(
                    "A table is named twice in %s. Name each table once.".formatted(names));
        }
    }

    /** Parses the AWS options only to report errors. The code that opens the service parses them again. */
    private static Map<String, String> aws(Map<String, String> options) {
        Map<String, String> aws = new TreeMap<>(options);
        aws.keySet().removeIf(key -> !key.startsWith(AwsOptions.PREFIX));
        AwsConfig.parse(aws);
        return aws;
    }

    private static Scan scan(OptionReader reader) {
        return new Scan(
                reader.number(ReplicationOptions.SCAN_SEGMENTS, 0, MOST_SEGMENTS),
                reader.number(ReplicationOptions.SCAN_PAGE_LIMIT, 0, MOST_PAGE_ITEMS),
                reader.value(ReplicationOptions.SCAN_CONSISTENT_READ),
                reader.duration(ReplicationOptions.SCAN_SETTLE_TIME, Duration.ZERO, LONGEST_PAUSE),
                reader.value(ReplicationOptions.SCAN_HAND_OVER),
                reader.number(ReplicationOptions.SCAN_SEGMENTS_PER_READER, 1, MOST_SEGMENTS_PER_READER));
    }

    private static Stream stream(OptionReader reader) {
        return new Stream(
                reader.duration(ReplicationOptions.STREAM_POLL_INTERVAL, Duration.ofMillis(100), LONGEST_POLL),
                reader.value(ReplicationOptions.STREAM_ON_GAP),
                reader.value(ReplicationOptions.STREAM_CLOSED_SHARDS_ONLY),
                reader.value(ReplicationOptions.STREAM_BALANCE_SHARDS));
    }

    private static Reader reader(OptionReader reader) {
        ConfigOption<MemorySize> bytes = ReplicationOptions.READER_BYTES_IN_FLIGHT;
        MemorySize size = reader.value(bytes);
        if (size.compareTo(LEAST_BYTES_IN_FLIGHT) < 0) {
            throw reader.illegal(bytes, "%s or more".formatted(LEAST_BYTES_IN_FLIGHT));
        }
        return new Reader(
                reader.number(ReplicationOptions.READER_CONCURRENT_CALLS, 1, MOST_CONCURRENT_CALLS), size.getBytes());
    }
}
