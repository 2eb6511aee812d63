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
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a {@link DynamoDbReplicationSource}. Every option of SQL can be set by its key or its
 * declaration; the methods here are for those that most jobs need.
 *
 * <p>One source replicates any number of tables, which share its calls, memory and limits. What is
 * set here holds for all of them, what is set together with a table for that table:
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
     * One table.
     *
     * @param name or ARN
     */
    public DynamoDbReplicationSourceBuilder<T> table(String name) {
        return table(name, table -> {});
    }

    /**
     * As above.
     *
     * @param settings called at once; sets what is different for this table
     */
    public DynamoDbReplicationSourceBuilder<T> table(String name, Consumer<ReplicatedTables> settings) {
        selections.add(new Named(name, set(settings)));
        return this;
    }

    /**
     * Each table whose whole name matches, of those that exist when the source is built: {@link
     * #build} lists them. A table with a name that matches and that is created later is replicated
     * from the next start of the job on, if that builds the source again.
     */
    public DynamoDbReplicationSourceBuilder<T> tables(Pattern names) {
        return tables(names, table -> {});
    }

    /**
     * As above. A table that is also named by {@link #table} is replicated as it says there; of
     * several patterns that match, the first decides.
     *
     * @param settings called at once; sets what is different for these tables
     */
    public DynamoDbReplicationSourceBuilder<T> tables(Pattern names, Consumer<ReplicatedTables> settings) {
        selections.add(new TableSelection.Matching(names, set(settings)));
        return this;
    }

    /**
     * Every table of the account in the region, as {@link #tables} with a pattern for all names.
     */
    public DynamoDbReplicationSourceBuilder<T> allTables() {
        return tables(EVERY_NAME);
    }

    /**
     * Tables that no pattern selects; refused without a pattern. A table that is named is
     * replicated all the same. An exception that makes no difference is logged as a warning.
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

    /** Where to begin; {@link StartupMode#INITIAL} unless set. */
    public DynamoDbReplicationSourceBuilder<T> startupMode(StartupMode mode) {
        ofTheJob.startupMode(mode);
        return this;
    }

    /**
     * Top-level attributes to replicate besides the key; whole items unless set. The Scan asks for
     * them alone, and images of the stream are cut to them.
     *
     * @throws IllegalConfigurationException if the list is empty, which could mean whole items as
     *     well as the key alone
     */
    public DynamoDbReplicationSourceBuilder<T> attributes(List<String> names) {
        ofTheJob.attributes(names);
        return this;
    }

    /**
     * Parts of items to replicate besides the key, as a projection expression of DynamoDB's, such
     * as {@code total, address.city, tags[0]}; whole items unless set. The Scan asks for them
     * alone, and images of the stream are cut to them.
     */
    public DynamoDbReplicationSourceBuilder<T> projection(String expression) {
        ofTheJob.projection(expression);
        return this;
    }

    /**
     * As above, with placeholders.
     *
     * @param attributeNames what each placeholder in the expression, such as {@code #c}, stands for
     */
    public DynamoDbReplicationSourceBuilder<T> projection(String expression, Map<String, String> attributeNames) {
        ofTheJob.projection(expression, attributeNames);
        return this;
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
        ofTheJob.option(option, value);
        return this;
    }

    /** Any option by its key, as in SQL. */
    public DynamoDbReplicationSourceBuilder<T> option(String key, String value) {
        ofTheJob.option(key, value);
        return this;
    }

    /**
     * Makes no call, unless tables are selected by pattern: then lists those that exist, with the
     * credentials of the caller.
     *
     * @throws org.apache.flink.configuration.IllegalConfigurationException if the options are wrong
     *     as far as that can be told without a call, a pattern selects nothing, or tables are
     *     excepted without a pattern
     * @throws io.dynamoreplica.flink.service.ReplicationException if tables could not be listed, or
     *     the class path lacks {@code flink-connector-base}
     */
    public DynamoDbReplicationSource<T> build() {
        return build(new AwsDynamoDbServiceFactory());
    }

    /**
     * As above, with another way to reach DynamoDB.
     *
     * @param services used here and by the job
     */
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
            tables.idleExceptions(existing).forEach(DynamoDbReplicationSourceBuilder::warnOfIdle);
        }
        return ReplicationConfigParser.parse(resolved, job.options());
    }

    private static void warnOfIdle(Pattern exception) {
        LOG.warn(
                "No table that a pattern selects matches the exception '{}', which has to match the"
                        + " whole name. If it was to keep a table out, that table is replicated: check"
                        + " the exception against the tables named above.",
                exception);
    }

    private static void refuseSecondWayToName(TableSettings job) {
        String key = ReplicationOptions.TABLE_NAME.key();
        if (job.options().containsKey(key)) {
            throw new IllegalConfigurationException("Tables are named, and option '"
                    + key
                    + "' names "
                    + job.options().get(key)
                    + " too. Add it to the others and remove the option.");
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

    /** An option without an effect is a mistake that nobody would notice. */
    private static void refuseOptionsOfSql(Set<String> keys) {
        for (ConfigOption<?> ofSql : ReplicationOptions.ofSql()) {
            if (keys.contains(ofSql.key())) {
                throw new IllegalConfigurationException(
                        "Option '" + ofSql.key() + "' is for SQL tables and has no effect on a DataStream. Remove it.");
            }
        }
        keys.stream()
                .filter(key -> key.startsWith(ReplicationOptions.COLUMN_PATH_PREFIX))
                .findFirst()
                .ifPresent(DynamoDbReplicationSourceBuilder::refuseColumnPath);
    }

    private static void refuseColumnPath(String key) {
        throw new IllegalConfigurationException("Option '"
                + key
                + "' is for SQL tables: it fills a column, and a DataStream has none. Remove"
                + " it; projection(...) takes parts of items by their paths.");
    }
}
