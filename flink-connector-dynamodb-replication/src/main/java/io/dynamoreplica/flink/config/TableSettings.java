/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.policy.StartupMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * The settings of a user for a job or for some of its tables.
 *
 * @param attributes the top-level attributes to replicate, in place of a projection expression;
 *     empty if not set
 * @param options with keys as in {@link ReplicationOptions} and {@link AwsOptions}
 */
@Internal
public record TableSettings(List<String> attributes, Map<String, String> options) {

    /** No settings. */
    public static final TableSettings NONE = new TableSettings(List.of(), Map.of());

    /**
     * The options that together are the projection. If a table has one of them, all of them of the
     * job are ignored for the table.
     */
    private static final Set<ConfigOption<?>> OF_THE_PROJECTION =
            Set.of(ReplicationOptions.PROJECTION_EXPRESSION, ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES);

    /**
     * The options that together are the schedule. If a table has one of them, or its own startup mode
     * without a schedule, all of them of the job are ignored for the table.
     */
    private static final Set<ConfigOption<?>> OF_THE_SCHEDULE = Set.of(
            ReplicationOptions.FULL_TABLE_INTERVAL,
            ReplicationOptions.FULL_TABLE_TIME_OF_DAY,
            ReplicationOptions.FULL_TABLE_CRON,
            ReplicationOptions.FULL_TABLE_TIME_ZONE);

    public TableSettings {
        attributes = List.copyOf(attributes);
        options = Map.copyOf(options);
    }

    /**
     * Returns a table with these settings, completed by the settings of the job.
     *
     * @throws IllegalConfigurationException if one of these settings can only be set for the whole
     *     job
     */
    TableSelection.Named forTable(String table, TableSettings job) {
        refuseOptionsOfTheJob(table);
        Map<String, String> all = new HashMap<>(job.options);
        boolean ownProjection = !attributes.isEmpty() || setsAnyOf(OF_THE_PROJECTION);
        if (ownProjection) {
            removeFrom(all, OF_THE_PROJECTION);
        }
        if (setsAnyOf(OF_THE_SCHEDULE) || setsAModeWithoutSchedule()) {
            removeFrom(all, OF_THE_SCHEDULE);
        }
        all.putAll(options);
        return new TableSelection.Named(table, new TableSettings(ownProjection ? attributes : job.attributes, all));
    }

    /** Ignores the case of the mode, as Flink's configuration does for the value of an enum. */
    private boolean setsAModeWithoutSchedule() {
        String mode = options.get(ReplicationOptions.STARTUP_MODE.key());
        return mode != null && !StartupMode.FULL_TABLE.toString().equalsIgnoreCase(mode);
    }

    private boolean setsAnyOf(Set<ConfigOption<?>> group) {
        return group.stream().anyMatch(option -> options.containsKey(option.key()));
    }

    private static void removeFrom(Map<String, String> all, Set<ConfigOption<?>> group) {
        group.forEach(option -> all.remove(option.key()));
    }

    private void refuseOptionsOfTheJob(String table) {
        Set<String> ofTheJob = new TreeSet<>(options.keySet());
        ofTheJob.removeIf(key -> !OptionNames.isForTheWholeJob(key));
        if (!ofTheJob.isEmpty()) {
            throw new IllegalConfigurationException(
                    "Table %s: %s cannot be set for one table. Set it for the whole source."
                            .formatted(table, ofTheJob));
        }
    }
}
