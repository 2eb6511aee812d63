/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.AwsOptions;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.config.TableSelection;
import io.dynamoreplica.flink.config.TableSelection.Named;
import io.dynamoreplica.flink.config.TableSelections;
import io.dynamoreplica.flink.config.TableSettings;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.service.TableDirectory;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A builder of {@link DynamoDbReplicationSource}. Any option can be set by its key, as in SQL, or by
 * its declaration. The other methods are for the options that most jobs need.
 *
 * <p>One source replicates any number of tables, which share its calls, memory and limits. Settings
 * of this builder apply to all tables. Settings that are given together with a table apply to that
 * table:
 *
 * <pre>{@code
 * builder(schema)
 *         .table("orders")
 *         .table("prices", prices -> prices.startupMode(StartupMode.FULL_TABLE))
 *         .tables(Pattern.compile("sales_.*"), sales -> sales.projection("total, address.city"))
 *         .exceptTables(Pattern.compile(".*_test"))
 *         .region("eu-west-1")
 *         .build();
 * }</pre>
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public final class DynamoDbReplicationSourceBuilder<T> {

    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbReplicationSource.class);

    private static final Pattern EVERY_NAME = Pattern.compile(".*");

    private final DynamoDbDeserializationSchema<T> schema;
    private final ReplicatedTables ofTheJob = new ReplicatedTables();
    private final List<TableSelection> selections = new ArrayList<>();
    private final List<Pattern> excepted = new ArrayList<>();

    DynamoDbReplicationSourceBuilder(DynamoDbDeserializationSchema<T> schema) {
        this.schema = Objects.requireNonNull(schema, "schema");
    }

    /**
     * Adds a table.
     *
     * @param name the name or the ARN
     */
    public DynamoDbReplicationSourceBuilder<T> table(String name) {
        return table(name, table -> {});
    }

    /**
     * Adds a table with its own settings.
     *
     * @param name the name or the ARN
     * @param settings is called immediately and sets what is different for this table
     */
    public DynamoDbReplicationSourceBuilder<T> table(String name, Consumer<ReplicatedTables> settings) {
        selections.add(new Named(name, set(settings)));
        return this;
    }

    /**
     * Adds every table whose whole name matches a pattern and that exists when the source is built:
     * {@link #build} lists the tables. If a matching table is created later, it is replicated after
     * the next start of the job that builds the source again.
     */
    public DynamoDbReplicationSourceBuilder<T> tables(Pattern names) {
        return tables(names, table -> {});
    }

    /**
     * Adds every table whose whole name matches a pattern, with its own settings. If a table is also
     * added by {@link #table}, only the settings of that call apply. If several patterns match, the
     * first one decides.
     *
     * @param settings is called immediately and sets what is different for these tables
     */
    public DynamoDbReplicationSourceBuilder<T> tables(Pattern names, Consumer<ReplicatedTables> settings) {
        selections.add(new TableSelection.Matching(names, set(settings)));
        return this;
    }

    /**
     * Adds every table of the account in the region, like {@link #tables} with a pattern for all
     * names.
     */
    public DynamoDbReplicationSourceBuilder<T> allTables() {
        return tables(EVERY_NAME);
    }

    /**
     * Excepts tables from all patterns. Without a pattern this is refused. It has no effect on a table
     * that is added by its name. If an exception has no effect at all, a warning is logged.
     */
    public DynamoDbReplicationSourceBuilder<T> exceptTables(Pattern names) {
        excepted.add(names);
        return this;
    }

    private static TableSettings set(Consumer<ReplicatedTables> settings) {
        ReplicatedTables tables = new ReplicatedTables();
        settings.accept(tables);
        return tables.settings();
    }

    /** Sets the start of the replication. The default is {@link StartupMode#INITIAL}. */
    public DynamoDbReplicationSourceBuilder<T> startupMode(StartupMode mode) {
        ofTheJob.startupMode(mode);
        return this;
    }

    /**
     * Sets the top-level attributes to replicate in addition to the key. The default is whole items.
     * The Scan requests only these attributes, and images of the stream are reduced to them.
     *
     * @throws IllegalConfigurationException if the list is empty, because that could mean whole items
     *     or only the key
     */
    public DynamoDbReplicationSourceBuilder<T> attributes(List<String> names) {
        ofTheJob.attributes(names);
        return this;
    }

    /**
     * Sets the parts of items to replicate in addition to the key, as a projection expression of
     * DynamoDB, such as {@code total, address.city, tags[0]}. The default is whole items. The Scan
     * requests only these parts, and images of the stream are reduced to them.
     */
    public DynamoDbReplicationSourceBuilder<T> projection(String expression) {
        ofTheJob.projection(expression);
        return this;
    }

    /**
     * Sets the parts of items to replicate, as an expression with placeholders.
     *
     * @param attributeNames the attribute name for each placeholder in the expression, such as {@code
     *     #c}
     */
    public DynamoDbReplicationSourceBuilder<T> projection(String expression, Map<String, String> attributeNames) {
        ofTheJob.projection(expression, attributeNames);
        return this;
    }

    /** Sets the AWS region of the tables. By default the AWS SDK finds it. */
    public DynamoDbReplicationSourceBuilder<T> region(String region) {
        return option(AwsOptions.REGION, region);
    }

    /** Sets an endpoint in place of the region's, such as that of DynamoDB Local. */
    public DynamoDbReplicationSourceBuilder<T> endpoint(String uri) {
        return option(AwsOptions.ENDPOINT, uri);
    }

    /** Sets any option by its declaration in {@link ReplicationOptions} or {@link AwsOptions}. */
    public <V> DynamoDbReplicationSourceBuilder<T> option(ConfigOption<V> option, V value) {
        ofTheJob.option(option, value);
        return this;
    }

    /** Sets any option by its key, as in SQL. */
    public DynamoDbReplicationSourceBuilder<T> option(String key, String value) {
        ofTheJob.option(key, value);
        return this;
    }

    /**
     * Builds the source. If tables are selected by a pattern, this lists the existing tables, with the
     * credentials of the caller. Otherwise it makes no call to AWS.
     *
     * @throws IllegalConfigurationException if the options have an error that can be found without a
     *     call, a pattern selects no table, or tables are excepted without a pattern
     * @throws io.dynamoreplica.flink.service.ReplicationException if the tables cannot be listed, or
     *     {@code flink-connector-base} is not on the class path
     */
    public DynamoDbReplicationSource<T> build() {
        return build(new AwsDynamoDbServiceFactory());
    }

    /**
     * Builds the source with other services for the calls to DynamoDB.
     *
     * @param services are used here and by the job
     */
    @Internal
    public DynamoDbReplicationSource<T> build(DynamoDbServiceFactory services) {
        TableSettings job = ofTheJob.settings();
        refuseOptionsOfSql(job.options().keySet());
        selections.forEach(some -> refuseOptionsOfSql(some.settings().options().keySet()));
        return DynamoDbReplicationSource.of(config(job, services), schema, services);
    }

    private ReplicationConfig config(TableSettings job, DynamoDbServiceFactory services) {
        TableSelections tables = new TableSelections(selections, excepted);
        if (selections.isEmpty()) {
            return ReplicationConfigParser.parse(job.options(), job.attributes());
        }
        refuseSecondWayToName(job);
        List<String> existing =
                tables.needListing() ? existing(ReplicationConfigParser.job(job.options()), services) : List.of();
        List<Named> resolved = tables.resolve(existing, job);
        if (tables.needListing()) {
            LOG.info("Of the tables that exist, these are replicated: {}", names(resolved));
            tables.exceptionsWithoutEffect(existing).forEach(DynamoDbReplicationSourceBuilder::warnOfUselessException);
        }
        return ReplicationConfigParser.parse(resolved, job.options());
    }

    private static void warnOfUselessException(Pattern exception) {
        LOG.warn(
                """
                No table that a pattern selects matches the exception '{}', which has to match the whole name. If it \
                should leave out a table, that table is replicated. Compare the exception with the tables that are \
                named above.""",
                exception);
    }

    private static void refuseSecondWayToName(TableSettings job) {
        String key = ReplicationOptions.TABLE_NAME.key();
        if (job.options().containsKey(key)) {
            throw new IllegalConfigurationException(
                    "Tables are named, and option '%s' names %s too. Add it to the other tables, and remove the option."
                            .formatted(key, job.options().get(key)));
        }
    }

    private static List<String> existing(JobConfig job, DynamoDbServiceFactory services) {
        try (DynamoDbService service = services.open(job)) {
            return TableDirectory.names(service);
        }
    }

    private static List<String> names(List<Named> tables) {
        return tables.stream().map(Named::name).toList();
    }

    /** Refuses options without an effect, because nobody would notice the mistake. */
    private static void refuseOptionsOfSql(Set<String> keys) {
        for (ConfigOption<?> ofSql : ReplicationOptions.ofSql()) {
            if (keys.contains(ofSql.key())) {
                throw new IllegalConfigurationException(
                        "Option '%s' is for SQL tables and has no effect on a DataStream. Remove it."
                                .formatted(ofSql.key()));
            }
        }
        keys.stream()
                .filter(key -> key.startsWith(ReplicationOptions.COLUMN_PATH_PREFIX))
                .findFirst()
                .ifPresent(DynamoDbReplicationSourceBuilder::refuseColumnPath);
    }

    private static void refuseColumnPath(String key) {
        String message =
                """
                Option '%s' is for SQL tables: it sets the path of a column, and a DataStream has no columns. Remove \
                it. To replicate parts of items by their paths, use projection(...).""";
        throw new IllegalConfigurationException(message.formatted(key));
    }
}
