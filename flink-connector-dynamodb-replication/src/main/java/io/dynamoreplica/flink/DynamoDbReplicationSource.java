/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.enumerator.ReplicationEnumerator;
import io.dynamoreplica.flink.enumerator.ReplicationStoppedException;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.reader.ReplicationSourceReader;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.service.PreflightCheck;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.state.EnumeratorStateSerializer;
import io.dynamoreplica.flink.state.SplitSerializer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source that replicates DynamoDB tables. It copies each table by a parallel Scan, and continues
 * with the table's stream without a gap.
 *
 * <pre>{@code
 * DynamoDbReplicationSource<String> source =
 *         DynamoDbReplicationSource.builder(JsonChangeDeserializationSchema.plain())
 *                 .table("orders")
 *                 .region("eu-west-1")
 *                 .build();
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders").uid("orders");
 * }</pre>
 *
 * <p>In startup mode {@code initial}, checkpoints must be enabled. The stream begins only after a
 * checkpoint that contains the end of the Scan, so that no scanned item can overtake a newer change.
 * {@code scan.snapshot.hand-over} = {@code immediate} removes that wait.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public final class DynamoDbReplicationSource<T>
        implements Source<T, ReplicationSplit, EnumeratorState>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    private final ReplicationConfig config;
    private final DynamoDbDeserializationSchema<T> schema;
    private final DynamoDbServiceFactory services;

    private DynamoDbReplicationSource(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema, DynamoDbServiceFactory services) {
        ConnectorBase.require();
        this.config = Objects.requireNonNull(config, "config");
        this.schema = Objects.requireNonNull(schema, "schema");
        this.services = Objects.requireNonNull(services, "services");
    }

    /** Returns a builder of sources whose elements this schema makes. */
    public static <T> DynamoDbReplicationSourceBuilder<T> builder(DynamoDbDeserializationSchema<T> schema) {
        return new DynamoDbReplicationSourceBuilder<>(schema);
    }

    /** Returns a source for a parsed configuration. */
    @Internal
    public static <T> DynamoDbReplicationSource<T> of(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema) {
        return new DynamoDbReplicationSource<>(config, schema, new AwsDynamoDbServiceFactory());
    }

    /** Returns a source for a parsed configuration that calls DynamoDB through other services. */
    @Internal
    public static <T> DynamoDbReplicationSource<T> of(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema, DynamoDbServiceFactory services) {
        return new DynamoDbReplicationSource<>(config, schema, services);
    }

    /**
     * Checks by calls to AWS that the tables exist and can be replicated, and that the permissions
     * are sufficient. The job makes the same checks when it starts. Call this to know the result
     * before the job is submitted. It uses the credentials of the caller, and reads one item and at
     * most one page of a stream per table.
     *
     * @throws io.dynamoreplica.flink.service.ReplicationException if a table cannot be replicated;
     *     the message names each such table, the cause and the next step
     */
    public void preflight() {
        try (DynamoDbService service = openedFor(tables())) {
            new PreflightCheck(service).run(config);
        }
    }

    /** Returns {@code BOUNDED} if the replication of every table ends. */
    @Override
    public Boundedness getBoundedness() {
        return config.tables().stream().anyMatch(table -> !table.startup().isBounded())
                ? Boundedness.CONTINUOUS_UNBOUNDED
                : Boundedness.BOUNDED;
    }

    @Internal
    @Override
    public SourceReader<T, ReplicationSplit> createReader(SourceReaderContext context) throws Exception {
        requireConnectorBase();
        return new ReplicationSourceReader<>(config, schema, job -> opened(), context);
    }

    /** Checks again in the cluster, because the check in the constructor ran where the source was built. */
    private static void requireConnectorBase() {
        try {
            ConnectorBase.require();
        } catch (ReplicationException missing) {
            throw ReplicationStoppedException.of(missing);
        }
    }

    @Internal
    @Override
    public SplitEnumerator<ReplicationSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context) {
        return restoreEnumerator(context, new EnumeratorState(Map.of()));
    }

    @Internal
    @Override
    public SplitEnumerator<ReplicationSplit, EnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context, EnumeratorState restored) {
        return new ReplicationEnumerator(context, config, opened(), restored);
    }

    private DynamoDbService opened() {
        try {
            return openedFor(tables());
        } catch (ReplicationException refused) {
            throw ReplicationStoppedException.of(refused);
        }
    }

    /** Adds the tables to an error, because the factory of services does not know them. */
    private DynamoDbService openedFor(List<String> tables) {
        try {
            return services.open(config.job());
        } catch (ReplicationException refused) {
            throw refused.about(tables);
        }
    }

    private List<String> tables() {
        return config.tables().stream().map(TableConfig::table).toList();
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<ReplicationSplit> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }
}
