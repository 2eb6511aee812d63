/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.config.AwsOptions;
import io.dynamoreplica.flink.config.ConversionConfig;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.config.StartupMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.catalog.UniqueConstraint;
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
public final class DynamoDbReplicationTableFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "dynamodb-replication";

    /** Options of Flink's own that it allows for any table, and that are none of ours. */
    private static final Set<String> OPTIONS_OF_FLINK =
            Set.of(
                    FactoryUtil.CONNECTOR.key(),
                    FactoryUtil.PROPERTY_VERSION.key(),
                    FactoryUtil.SOURCE_PARALLELISM.key());

    private static final String WATERMARK_OPTIONS_OF_FLINK = "scan.watermark.";

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
        refuseWatermarkOptions(context);
        // Before Flink's own check, which lists every option there is but not the one that was
        // meant.
        ReplicationConfig config = parse(context);
        TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        // Options of the role by which a role is assumed, and of columns, have keys that no list
        // can
        // hold; their parsers know them.
        helper.validateExcept(
                AwsOptions.ROLE_PROVIDER.key() + ".", ReplicationOptions.COLUMN_PATH_PREFIX);
        ReadableConfig options = helper.getOptions();

        StartupMode startup = options.get(ReplicationOptions.STARTUP_MODE);
        DeclaredTable table = declaredTable(context);
        TableReplication replication =
                new TableReplication(
                        config,
                        ConversionConfig.parse(context.getCatalogTable().getOptions()),
                        options.getOptional(FactoryUtil.SOURCE_PARALLELISM));
        table.check(startup, replication.projection());
        HandOverRules.check(table.name(), startup, options, context.getConfiguration());
        SpeculativeExecution.refuse(table.name(), context.getConfiguration());
        return new DynamoDbReplicationTableSource(
                table, replication, context.getPhysicalRowDataType());
    }

    /**
     * Flink allows them for any table, and its planner reads them only for sources that take a
     * watermark push-down: all others get an operator of Flink's behind them.
     */
    private static void refuseWatermarkOptions(Context context) {
        for (String key : context.getCatalogTable().getOptions().keySet()) {
            if (key.startsWith(WATERMARK_OPTIONS_OF_FLINK)) {
                throw new ValidationException(
                        "Table %s: option '%s' has no effect, because the source makes no watermarks. Remove it; WATERMARK FOR in the table's declaration makes them behind the source, and '%s' of the session is their idle timeout."
                                .formatted(
                                        context.getObjectIdentifier().asSummaryString(),
                                        key,
                                        ExecutionConfigOptions.TABLE_EXEC_SOURCE_IDLE_TIMEOUT
                                                .key()));
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
        ColumnPathOptions.removeFrom(options);
        return ReplicationConfigParser.parse(options, List.of());
    }
}
