/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.AwsOptions;
import io.dynamoreplica.flink.config.ExpressionAttributeNames;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.config.StartupMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Builds a {@link DynamoDbReplicationSource}. Every option of SQL can be set by its key or its
 * declaration; the methods here are for those that most jobs need.
 *
 * @param <T> the type of the elements
 */
public final class DynamoDbReplicationSourceBuilder<T> {

    private final DynamoDbDeserializationSchema<T> schema;
    private final Configuration options = new Configuration();
    private List<String> attributes = List.of();

    DynamoDbReplicationSourceBuilder(DynamoDbDeserializationSchema<T> schema) {
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /** Name or ARN of the table. */
    public DynamoDbReplicationSourceBuilder<T> table(String name) {
        return option(ReplicationOptions.TABLE_NAME, name);
    }

    /** Where to begin; {@link StartupMode#INITIAL} unless set. */
    public DynamoDbReplicationSourceBuilder<T> startupMode(StartupMode mode) {
        return option(ReplicationOptions.STARTUP_MODE, mode);
    }

    /**
     * Top-level attributes to replicate besides the key; whole items unless set. The Scan asks for
     * them alone, and images of the stream are cut to them.
     */
    public DynamoDbReplicationSourceBuilder<T> attributes(List<String> names) {
        this.attributes = List.copyOf(names);
        return this;
    }

    /**
     * Parts of items to replicate besides the key, as a projection expression of DynamoDB's, such
     * as {@code total, address.city, tags[0]}; whole items unless set. The Scan asks for them
     * alone, and images of the stream are cut to them.
     */
    public DynamoDbReplicationSourceBuilder<T> projection(String expression) {
        return option(ReplicationOptions.PROJECTION_EXPRESSION, expression);
    }

    /**
     * As above, with placeholders.
     *
     * @param attributeNames what each placeholder in the expression, such as {@code #c}, stands for
     */
    public DynamoDbReplicationSourceBuilder<T> projection(
            String expression, Map<String, String> attributeNames) {
        return projection(expression)
                .option(
                        ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES,
                        ExpressionAttributeNames.write(attributeNames));
    }

    public DynamoDbReplicationSourceBuilder<T> region(String region) {
        return option(AwsOptions.REGION, region);
    }

    /** Another endpoint than the region's, such as that of DynamoDB Local. */
    public DynamoDbReplicationSourceBuilder<T> endpoint(String uri) {
        return option(AwsOptions.ENDPOINT, uri);
    }

    /** Any option by its declaration in {@link ReplicationOptions} or {@link AwsOptions}. */
    public <V> DynamoDbReplicationSourceBuilder<T> option(ConfigOption<V> option, V value) {
        options.set(option, value);
        return this;
    }

    /** Any option by its key, as in SQL. */
    public DynamoDbReplicationSourceBuilder<T> option(String key, String value) {
        options.setString(key, value);
        return this;
    }

    /**
     * @throws org.apache.flink.configuration.IllegalConfigurationException if the options are wrong
     *     as far as that can be told without a call
     */
    public DynamoDbReplicationSource<T> build() {
        return DynamoDbReplicationSource.of(
                ReplicationConfigParser.parse(options.toMap(), attributes), schema);
    }
}
