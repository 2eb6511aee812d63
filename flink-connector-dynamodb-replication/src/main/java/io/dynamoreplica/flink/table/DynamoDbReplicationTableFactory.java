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
import java.util.Optional;
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
import org.apache.flink.table.types.logical.RowType;

/**
 * The factory of table sources for {@code 'connector' = 'dynamodb-replication'}. It refuses a wrong
 * declaration when a query is planned, as far as no call to AWS is needed to find the error.
 */
@Internal
public final class DynamoDbReplicationTableFactory implements DynamicTableSourceFactory {

    public static final String IDENTIFIER = "dynamodb-replication";

    /** Options that Flink allows for any table, and that the connector does not read. */
    private static final Set<String> OPTIONS_OF_FLINK = Set.of(
            FactoryUtil.CONNECTOR.key(), FactoryUtil.PROPERTY_VERSION.key(), FactoryUtil.SOURCE_PARALLELISM.key());

    private static final String WATERMARK_OPTIONS_OF_FLINK = "scan.watermark.";

    private static final String NO_WATERMARK =
            """
            Option '%s' has no effect, because the table declares no watermark. Add WATERMARK FOR to the \
            declaration, or remove the option.""";

    private static final String SOURCE_WATERMARK = "SOURCE_WATERMARK";

    private static final String NOT_SUPPORTED =
            """
            %1$s() is not supported. Write WATERMARK FOR %2$s AS %2$s - INTERVAL '5' SECOND, where the column is \
            METADATA FROM 'event-time'.""";

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
     * Makes a table source of a declaration.
     *
     * @throws ValidationException with the table, the option or column, the problem and the next step
     */
    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        try {
            return created(context);
        } catch (ValidationException | IllegalConfigurationException refused) {
            throw new ValidationException(namingTheTable(context, refused.getMessage()));
        }
    }

    /**
     * Adds the table's name in the catalog and its name in DynamoDB. The new error has no cause, because
     * SQL clients show only the innermost message.
     */
    private static String namingTheTable(Context context, String message) {
        String declared = context.getObjectIdentifier().asSummaryString();
        String replicated = context.getCatalogTable().getOptions().get(ReplicationOptions.TABLE_NAME.key());
        if (replicated == null) {
            return "Table %s: %s".formatted(declared, message);
        }
        // The parser of the options knows only the name in DynamoDB, and begins its messages with it.
        String begin = "Table %s: ".formatted(replicated);
        String problem = message.startsWith(begin) ? message.substring(begin.length()) : message;
        return "Table %s (DynamoDB table '%s'): %s".formatted(declared, replicated, problem);
    }

    private DynamicTableSource created(Context context) {
        Map<String, String> declared = context.getCatalogTable().getOptions();
        String name = context.getObjectIdentifier().asSummaryString();
        ReadableConfig session = context.getConfiguration();
        refuseWatermarkOptionsWithoutWatermark(context);
        refuseSourceWatermarks(context);
        // Before Flink's own check, which lists all options but does not show the similar ones.
        ReplicationConfig config = parse(context);
        TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        // The options of columns, and of credentials behind a role, have keys that no list can hold.
        // Their parsers have checked them.
        helper.validateExcept(AwsOptions.ROLE_PROVIDER.key() + ".", ReplicationOptions.COLUMN_PATH_PREFIX);
        ReadableConfig options = helper.getOptions();

        StartupMode startup = options.get(ReplicationOptions.STARTUP_MODE);
        DeclaredTable table = declaredTable(context);
        DeclaredChangelog changelog = DeclaredChangelog.of(startup, ChangelogConfig.parse(declared));
        TableReplication replication = new TableReplication(
                config,
                ConversionConfig.parse(declared),
                changelog,
                options.getOptional(FactoryUtil.SOURCE_PARALLELISM));
        table.check(startup, changelog, replication.projection());
        SecretOptions.warnOf(name, declared);
        BoundednessRule.check(startup, session);
        HandOverRules.check(startup, options, session);
        SpeculativeExecutionRule.refuse(session);
        return new DynamoDbReplicationTableSource(table, replication, context.getPhysicalRowDataType());
    }

    /** Flink allows these options for any table, but reads them only where a watermark is declared. */
    private static void refuseWatermarkOptionsWithoutWatermark(Context context) {
        if (!watermarks(context).isEmpty()) {
            return;
        }
        for (String key : context.getCatalogTable().getOptions().keySet()) {
            if (key.startsWith(WATERMARK_OPTIONS_OF_FLINK)) {
                throw new ValidationException(NO_WATERMARK.formatted(key));
            }
        }
    }

    /** Flink's function throws only when it is called for a row. */
    private static void refuseSourceWatermarks(Context context) {
        for (WatermarkSpec watermark : watermarks(context)) {
            if (watermark.getWatermarkExpression().asSummaryString().contains(SOURCE_WATERMARK)) {
                throw new ValidationException(
                        NOT_SUPPORTED.formatted(SOURCE_WATERMARK, watermark.getRowtimeAttribute()));
            }
        }
    }

    private static List<WatermarkSpec> watermarks(Context context) {
        return context.getCatalogTable().getResolvedSchema().getWatermarkSpecs();
    }

    private static DeclaredTable declaredTable(Context context) {
        RowType columns = (RowType) context.getPhysicalRowDataType().getLogicalType();
        Optional<UniqueConstraint> key =
                context.getCatalogTable().getResolvedSchema().getPrimaryKey();
        ColumnPaths paths = ColumnPathOptions.parse(context.getCatalogTable().getOptions());
        return new DeclaredTable(columns, key.map(UniqueConstraint::getColumns).orElse(List.of()), paths);
    }

    private static ReplicationConfig parse(Context context) {
        Map<String, String> options = new HashMap<>(context.getCatalogTable().getOptions());
        options.keySet().removeAll(OPTIONS_OF_FLINK);
        options.keySet().removeIf(key -> key.startsWith(WATERMARK_OPTIONS_OF_FLINK));
        ColumnPathOptions.removeFrom(options);
        if (!watermarks(context).isEmpty()) {
            // The rows of a shard that waits are late in event time, and windows drop late rows.
            options.putIfAbsent(ReplicationOptions.STREAM_BALANCE_SHARDS.key(), "false");
        }
        return ReplicationConfigParser.parse(options, List.of());
    }
}
