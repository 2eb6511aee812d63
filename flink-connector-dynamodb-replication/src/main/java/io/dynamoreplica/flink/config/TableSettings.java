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
 * What the user set, for a job or for some of its tables.
 *
 * @param attributes top-level attributes to replicate; empty if not set
 * @param options keys as in {@link ReplicationOptions} and {@link AwsOptions}
 */
@Internal
public record TableSettings(List<String> attributes, Map<String, String> options) {

    public static final TableSettings NONE = new TableSettings(List.of(), Map.of());

    /** Say one thing together: of the job's, none counts once a table has one of its own. */
    private static final Set<ConfigOption<?>> OF_THE_PROJECTION =
            Set.of(ReplicationOptions.PROJECTION_EXPRESSION, ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES);

    /** As above; also once the table has a startup mode of its own that knows no schedule. */
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
     * All that holds for a table that has these settings in a job that has those.
     *
     * @throws IllegalConfigurationException if one of these holds for the whole job only
     */
    TableOptions of(String table, TableSettings job) {
        refuseOptionsOfTheJob(table);
        Map<String, String> all = new HashMap<>(job.options);
        boolean ownFields = !attributes.isEmpty() || setsAnyOf(OF_THE_PROJECTION);
        if (ownFields) {
            removeFrom(all, OF_THE_PROJECTION);
        }
        if (setsAnyOf(OF_THE_SCHEDULE) || setsAModeWithoutSchedule()) {
            removeFrom(all, OF_THE_SCHEDULE);
        }
        all.putAll(options);
        return new TableOptions(table, ownFields ? attributes : job.attributes, all);
    }

    /** Flink's configuration does not mind the case of an enum's value. */
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
                    "Table " + table + ": " + ofTheJob + " cannot be set for one table. Set it for the whole source.");
        }
    }
}
