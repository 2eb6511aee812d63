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
 * The settings of one table of a job, or of all tables that a pattern selects. For everything that
 * is not set here, the settings of the whole source apply.
 *
 * <p>A projection that is set here replaces the whole projection of the source. A schedule replaces
 * the whole schedule.
 */
@PublicEvolving
public final class ReplicatedTables {

    private final Configuration options = new Configuration();
    private List<String> attributes = List.of();

    ReplicatedTables() {}

    /** Sets the start of the replication. */
    public ReplicatedTables startupMode(StartupMode mode) {
        return option(ReplicationOptions.STARTUP_MODE, mode);
    }

    /** Sets the attributes, see {@link DynamoDbReplicationSourceBuilder#attributes}. */
    public ReplicatedTables attributes(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalConfigurationException(
                    """
                    The list of attributes to replicate is empty. To replicate whole items, leave attributes(...) \
                    out. To replicate the key alone, name a key attribute.""");
        }
        this.attributes = List.copyOf(names);
        return this;
    }

    /** Sets the parts of items, see {@link DynamoDbReplicationSourceBuilder#projection(String)}. */
    public ReplicatedTables projection(String expression) {
        return option(ReplicationOptions.PROJECTION_EXPRESSION, expression);
    }

    /** Sets the parts of items, see {@link DynamoDbReplicationSourceBuilder#projection(String, Map)}. */
    public ReplicatedTables projection(String expression, Map<String, String> attributeNames) {
        return projection(expression)
                .option(ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES, ExpressionAttributeNames.write(attributeNames));
    }

    /**
     * Sets any text. If it differs from the text in the savepoint that a job starts from, the
     * replication of the table starts again. If the text is removed, or the same text is set again,
     * nothing happens.
     */
    public ReplicatedTables resetToken(String token) {
        return option(ReplicationOptions.RESET_TOKEN, token);
    }

    /**
     * Sets any option of a single table by its declaration in {@link ReplicationOptions}. Options of
     * {@link ReplicationOptions#ofTheJob} and options for the connection to AWS are refused when the
     * source is built.
     */
    public <V> ReplicatedTables option(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /** Sets any option of a single table by its key, as in SQL. */
    public ReplicatedTables option(String key, String value) {
        options.setString(key, value);
        return this;
    }

    TableSettings settings() {
        return new TableSettings(attributes, options.toMap());
    }
}
