/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Configurations of tables for tests, made by the parser of few options. */
public final class TableConfigs {

    private TableConfigs() {}

    /** Returns a table of whole items, without a declared key. */
    public static TableConfig of(String table, StartupMode mode) {
        return parsed(named(table, mode)).tables().get(0);
    }

    /** Returns a table with declared key columns that accept a key of any type. */
    public static TableConfig declaring(String table, StartupMode mode, String... key) {
        return declaring(
                table,
                mode,
                Stream.of(key)
                        .map(name -> new DeclaredKeyColumn(name, "STRING", List.of("S", "N", "B")))
                        .toList());
    }

    public static TableConfig declaring(String table, StartupMode mode, List<DeclaredKeyColumn> key) {
        return of(table, mode).with(Projection.wholeItem(), key, false);
    }

    /** Returns a SQL table whose deletes hold the item as it was before. */
    public static TableConfig withFullDeletes(String table, StartupMode mode) {
        return of(table, mode).with(Projection.wholeItem(), List.of(), true);
    }

    /** Returns a job of some tables, without options of the job. */
    public static ReplicationConfig job(TableConfig... tables) {
        return new ReplicationConfig(List.of(tables), ReplicationConfigParser.job(Map.of()));
    }

    /** Returns a table with options: pairs of key and value. */
    public static Named named(String table, String... pairs) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return new Named(table, new TableSettings(List.of(), options));
    }

    /** Returns a table with a startup mode, and a schedule if the mode needs one. */
    public static Named named(String table, StartupMode mode) {
        return mode == StartupMode.FULL_TABLE
                ? named(table, StartupMode.OPTION, mode.toString(), ReplicationOptions.FULL_TABLE_INTERVAL.key(), "1 h")
                : named(table, StartupMode.OPTION, mode.toString());
    }

    private static ReplicationConfig parsed(Named table) {
        return ReplicationConfigParser.parse(List.of(table), Map.of());
    }
}
