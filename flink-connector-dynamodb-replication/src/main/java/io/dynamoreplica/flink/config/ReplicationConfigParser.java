/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.config.ReplicationConfig.Consistency;
import io.dynamoreplica.flink.config.ReplicationConfig.Fields;
import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.Reader;
import io.dynamoreplica.flink.config.ReplicationConfig.Reading;
import io.dynamoreplica.flink.config.ReplicationConfig.Renewal;
import io.dynamoreplica.flink.config.ReplicationConfig.Scan;
import io.dynamoreplica.flink.config.ReplicationConfig.Stream;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.StartupMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.MemorySize;

/**
 * From options as the user wrote them to the one configuration, refusing whatever can be told to be
 * wrong without a call. Each refusal names the option, the value given, and what is allowed.
 */
@Internal
public final class ReplicationConfigParser {

    /** DynamoDB's own limit. */
    static final int MOST_SEGMENTS = 1_000_000;

    /** A page ends at 1 MB, and an item takes at least a byte of it. */
    static final int MOST_PAGE_ITEMS = 1_000_000;

    /** Each holds a page while it waits to be emitted, about 1 MB: this many take a gigabyte. */
    static final int MOST_SEGMENTS_PER_READER = 1_000;

    /** Each call is a thread and a connection. */
    static final int MOST_CONCURRENT_CALLS = 512;

    /** A page of 1 MB takes several when decoded; less than this could not hold one. */
    static final MemorySize LEAST_BYTES_IN_FLIGHT = MemorySize.ofMebiBytes(8);

    /** A stream keeps its records for 24 hours; whoever rests longer than an hour risks them. */
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    /**
     * An iterator lives for 15 minutes. A shard that is asked less often would need a new one each
     * time, which proves nothing of what was in it: one that is idle for a day would pass for lost.
     */
    private static final Duration LONGEST_POLL = Duration.ofMinutes(10);

    private ReplicationConfigParser() {}

    /**
     * The configuration for some tables.
     *
     * @param tables at least one, each with the whole of its own options
     * @param job the options that hold for all tables, {@link AwsOptions} among them; what concerns
     *     one table is not looked at
     * @throws IllegalConfigurationException if an option is unknown, out of range, or contradicts
     *     another
     */
    public static ReplicationConfig parse(List<TableOptions> tables, Map<String, String> job) {
        refuseUnusable(tables);
        List<TableConfig> parsed = tables.stream()
                .map(table -> namingTheTable(table.name(), () -> table(table)))
                .toList();
        return new ReplicationConfig(
                parsed,
                namingTheTable(
                        String.join(
                                ", ", tables.stream().map(TableOptions::name).toList()),
                        () -> job(job)));
    }

    /** Options are read without knowing for which table; whoever has several needs to be told. */
    private static <T> T namingTheTable(String table, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalConfigurationException wrong) {
            // Without a cause: many tools show the innermost message alone.
            throw new IllegalConfigurationException("Table " + table + ": " + wrong.getMessage());
        }
    }

    /**
     * The configuration for the one table that the options name.
     *
     * @param attributes top-level attributes to replicate, in place of a projection expression;
     *     empty for what the options say
     * @throws IllegalConfigurationException as above, and if no table is named
     */
    public static ReplicationConfig parse(Map<String, String> options, List<String> attributes) {
        String name = OptionReader.of(options)
                .text(ReplicationOptions.TABLE_NAME)
                .orElseThrow(() -> unnamed(options.keySet()));
        return parse(List.of(new TableOptions(name, attributes, options)), options);
    }

    private static TableConfig table(TableOptions table) {
        OptionNames.refuseUnknown(table.options().keySet());
        OptionReader reader = OptionReader.of(table.options());
        StartupMode startup = reader.value(ReplicationOptions.STARTUP_MODE);
        return new TableConfig(
                table.name(),
                startup,
                new Fields(ProjectionOptions.parse(reader, table.attributes()), List.of()),
                new Renewal(
                        reader.text(ReplicationOptions.RESET_TOKEN).orElse(""),
                        new CopyScheduleParser(reader).parse(startup)),
                new Reading(scan(reader), stream(reader)));
    }

    /**
     * The options that hold for a job, whatever its tables.
     *
     * @throws IllegalConfigurationException if one of them is unknown or out of range
     */
    public static JobConfig job(Map<String, String> options) {
        OptionNames.refuseUnknown(options.keySet());
        // Read for their errors; whoever makes rows reads them again.
        ConversionConfig.parse(options);
        ChangelogConfig.parse(options);
        OptionReader reader = OptionReader.of(options);
        return new JobConfig(
                aws(options),
                reader.duration(ReplicationOptions.STREAM_DISCOVERY_INTERVAL, Duration.ofSeconds(1), LONGEST_REST),
                reader(reader));
    }

    /** The name may be there, under a key that was mistyped. */
    private static IllegalConfigurationException unnamed(Set<String> keys) {
        OptionNames.refuseUnknown(keys);
        return new IllegalConfigurationException("Option '"
                + ReplicationOptions.TABLE_NAME.key()
                + "' is not set. Name the DynamoDB table to replicate.");
    }

    private static void refuseUnusable(List<TableOptions> tables) {
        if (tables.isEmpty()) {
            throw new IllegalConfigurationException("There is no table to replicate. Name at least one.");
        }
        List<String> names = tables.stream().map(TableOptions::name).toList();
        names.forEach(TableNames::check);
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalConfigurationException("A table is named twice among " + names + ". Name each once.");
        }
    }

    /** Read for its errors; whoever opens the service reads it again. */
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
                new Consistency(
                        reader.value(ReplicationOptions.SCAN_CONSISTENT_READ),
                        reader.duration(ReplicationOptions.SCAN_SETTLE_TIME, Duration.ZERO, LONGEST_REST)),
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
            throw reader.illegal(bytes, LEAST_BYTES_IN_FLIGHT + " or more");
        }
        return new Reader(
                reader.number(ReplicationOptions.READER_CONCURRENT_CALLS, 1, MOST_CONCURRENT_CALLS), size.getBytes());
    }
}
