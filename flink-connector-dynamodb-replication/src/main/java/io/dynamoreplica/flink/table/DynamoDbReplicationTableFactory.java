/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.config.AwsOptions;
import io.dynamoreplica.flink.config.ChangelogConfig;
import io.dynamoreplica.flink.config.ConversionConfig;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.policy.StartupMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.FactoryUtil.TableFactoryHelper;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes table sources for {@code 'connector' = 'dynamodb-replication'}. Whatever can be told to be
 * wrong without a call is refused here, when a query is planned.
 */
@Internal
public final class DynamoDbReplicationTableFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "dynamodb-replication";

    /** Options of Flink's own that it allows for any table, and that are none of ours. */
    private static final Set<String> OPTIONS_OF_FLINK = Set.of(
            FactoryUtil.CONNECTOR.key(), FactoryUtil.PROPERTY_VERSION.key(), FactoryUtil.SOURCE_PARALLELISM.key());

    private static final String WATERMARK_OPTIONS_OF_FLINK = "scan.watermark.";

    private static final String SOURCE_WATERMARK = "SOURCE_WATERMARK";

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(ReplicationOptions.TABLE_NAME);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        Set<ConfigOption<?>> options = new HashSet<>(ReplicationOptions.all());
        options.addAll(AwsOptions.all());
        options.add(FactoryUtil.SOURCE_PARALLELISM);
        options.removeAll(requiredOptions());
        return options;
    }

    /**
     * @throws ValidationException with the option or column, what is wrong with it, and what to do
     */
    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        try {
            return created(context);
        } catch (ValidationException | IllegalConfigurationException refused) {
            throw new ValidationException(
                    namingTheTable(context.getObjectIdentifier().asSummaryString(), refused.getMessage()));
        }
    }

    /** Without a cause: SQL clients show the innermost message alone. */
    private static String namingTheTable(String name, String message) {
        return message.startsWith("Table ") ? message : "Table " + name + ": " + message;
    }

    private DynamicTableSource created(Context context) {
        refuseWatermarkOptionsWithoutWatermark(context);
        refuseSourceWatermarks(context);
        // Before Flink's own check, which lists every option there is but not the one that was
        // meant.
        ReplicationConfig config = parse(context);
        TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        // Options of the role by which a role is assumed, and of columns, have keys that no list
        // can
        // hold; their parsers know them.
        helper.validateExcept(AwsOptions.ROLE_PROVIDER.key() + ".", ReplicationOptions.COLUMN_PATH_PREFIX);
        ReadableConfig options = helper.getOptions();

        StartupMode startup = options.get(ReplicationOptions.STARTUP_MODE);
        DeclaredTable table = declaredTable(context);
        Map<String, String> declared = context.getCatalogTable().getOptions();
        DeclaredChangelog changelog = DeclaredChangelog.of(startup, ChangelogConfig.parse(declared));
        TableReplication replication = new TableReplication(
                config,
                ConversionConfig.parse(declared),
                changelog,
                options.getOptional(FactoryUtil.SOURCE_PARALLELISM));
        table.check(startup, changelog, replication.projection());
        SecretOptions.warnOf(table.name(), context.getCatalogTable().getOptions());
        BoundednessRule.check(table.name(), startup, context.getConfiguration());
        HandOverRules.check(table.name(), startup, options, context.getConfiguration());
        SpeculativeExecution.refuse(table.name(), context.getConfiguration());
        return new DynamoDbReplicationTableSource(table, replication, context.getPhysicalRowDataType());
    }

    /** Flink allows them for any table, and reads them where a watermark is declared. */
    private static void refuseWatermarkOptionsWithoutWatermark(Context context) {
        if (!context.getCatalogTable().getResolvedSchema().getWatermarkSpecs().isEmpty()) {
            return;
        }
        for (String key : context.getCatalogTable().getOptions().keySet()) {
            if (key.startsWith(WATERMARK_OPTIONS_OF_FLINK)) {
                throw new ValidationException(
                        "Table %s: option '%s' has no effect, because the table declares no watermark. Add WATERMARK FOR to the declaration, or remove the option."
                                .formatted(context.getObjectIdentifier().asSummaryString(), key));
            }
        }
    }

    /** Flink's function for it throws when it is called, which is not before a row is read. */
    private static void refuseSourceWatermarks(Context context) {
        for (WatermarkSpec watermark :
                context.getCatalogTable().getResolvedSchema().getWatermarkSpecs()) {
            if (watermark.getWatermarkExpression().asSummaryString().contains(SOURCE_WATERMARK)) {
                throw new ValidationException(
                        "Table %s: %s() is not supported. Write WATERMARK FOR %3$s AS %3$s - INTERVAL '5' SECOND, where the column is METADATA FROM 'event-time'."
                                .formatted(
                                        context.getObjectIdentifier().asSummaryString(),
                                        SOURCE_WATERMARK,
                                        watermark.getRowtimeAttribute()));
            }
        }
    }

    private static DeclaredTable declaredTable(Context context) {
        DataType physical = context.getPhysicalRowDataType();
        return new DeclaredTable(
                context.getObjectIdentifier().asSummaryString(),
                (RowType) physical.getLogicalType(),
                context.getCatalogTable()
                        .getResolvedSchema()
                        .getPrimaryKey()
                        .map(UniqueConstraint::getColumns)
                        .orElse(List.of()),
                ColumnPathOptions.parse(
                        context.getObjectIdentifier().asSummaryString(),
                        context.getCatalogTable().getOptions()));
    }

    private static ReplicationConfig parse(Context context) {
        Map<String, String> options = new HashMap<>(context.getCatalogTable().getOptions());
        options.keySet().removeAll(OPTIONS_OF_FLINK);
        options.keySet().removeIf(key -> key.startsWith(WATERMARK_OPTIONS_OF_FLINK));
        ColumnPathOptions.removeFrom(options);
        if (!context.getCatalogTable().getResolvedSchema().getWatermarkSpecs().isEmpty()) {
            // A shard that waits is late for event time, and windows drop what is late.
            options.putIfAbsent(ReplicationOptions.STREAM_BALANCE_SHARDS.key(), "false");
        }
        return ReplicationConfigParser.parse(options, List.of());
    }
}
