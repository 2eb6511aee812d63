/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.config.ExpressionAttributeNames;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.config.TableSettings;
import io.dynamoreplica.flink.policy.StartupMode;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * What is different for one table of a job, or for all that a pattern selects. Whatever is not set
 * here holds as it was set for the whole source.
 *
 * <p>A projection set here replaces the source's as a whole, and so does a schedule.
 */
@PublicEvolving
public final class ReplicatedTables {

    private final Configuration options = new Configuration();
    private List<String> attributes = List.of();

    ReplicatedTables() {}

    /** Where to begin. */
    public ReplicatedTables startupMode(StartupMode mode) {
        return option(ReplicationOptions.STARTUP_MODE, mode);
    }

    /** See {@link DynamoDbReplicationSourceBuilder#attributes}. */
    public ReplicatedTables attributes(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalConfigurationException(
                    "The list of attributes to replicate is empty. To replicate whole items, leave"
                            + " attributes(...) out; to replicate the key alone, name a key"
                            + " attribute.");
        }
        this.attributes = List.copyOf(names);
        return this;
    }

    /** See {@link DynamoDbReplicationSourceBuilder#projection(String)}. */
    public ReplicatedTables projection(String expression) {
        return option(ReplicationOptions.PROJECTION_EXPRESSION, expression);
    }

    /** See {@link DynamoDbReplicationSourceBuilder#projection(String, Map)}. */
    public ReplicatedTables projection(String expression, Map<String, String> attributeNames) {
        return projection(expression)
                .option(ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES, ExpressionAttributeNames.write(attributeNames));
    }

    /**
     * Any text; another one than in the savepoint that a job starts from replicates the table anew.
     * Taking it away, and setting the same one again, does not.
     */
    public ReplicatedTables resetToken(String token) {
        return option(ReplicationOptions.RESET_TOKEN, token);
    }

    /**
     * Any option that concerns one table, by its declaration in {@link ReplicationOptions}. Those
     * of {@link ReplicationOptions#ofTheJob} and those that reach AWS are refused when the source
     * is built.
     */
    public <V> ReplicatedTables option(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /** As above, by its key, as in SQL. */
    public ReplicatedTables option(String key, String value) {
        options.setString(key, value);
        return this;
    }

    TableSettings settings() {
        return new TableSettings(attributes, options.toMap());
    }
}
