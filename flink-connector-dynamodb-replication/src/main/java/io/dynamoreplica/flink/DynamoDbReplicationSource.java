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
 * Replicates a DynamoDB table: a parallel Scan, handed over to the table's stream without a gap.
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
 * <p>Checkpoints have to be on in startup mode {@code initial}: the stream begins only after a
 * checkpoint that contains the end of the Scan, so that no scanned item can overtake a newer
 * change. See {@code scan.snapshot.hand-over} for the way around.
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

    /** A builder of sources whose elements are made by this schema. */
    public static <T> DynamoDbReplicationSourceBuilder<T> builder(DynamoDbDeserializationSchema<T> schema) {
        return new DynamoDbReplicationSourceBuilder<>(schema);
    }

    /** A source for a configuration that has been parsed already. */
    public static <T> DynamoDbReplicationSource<T> of(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema) {
        return new DynamoDbReplicationSource<>(config, schema, new AwsDynamoDbServiceFactory());
    }

    /**
     * As {@link #of(ReplicationConfig, DynamoDbDeserializationSchema)}, with another way to reach
     * DynamoDB.
     */
    public static <T> DynamoDbReplicationSource<T> of(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema, DynamoDbServiceFactory services) {
        return new DynamoDbReplicationSource<>(config, schema, services);
    }

    /**
     * Checks what only a call can tell: that the tables exist and are fit, and that the permissions
     * are there. The job checks the same as it starts; this is for whoever wants to know before it
     * is submitted. Reads one item and at most one page of a stream per table, with the credentials
     * of the caller.
     *
     * @throws io.dynamoreplica.flink.service.ReplicationException naming each table that cannot be
     *     replicated, the cause and the next step
     */
    public void preflight() {
        try (DynamoDbService service = openedFor(tables())) {
            new PreflightCheck(service).run(config);
        }
    }

    /** Bounded if no table's stream is read. */
    @Override
    public Boundedness getBoundedness() {
        return config.tables().stream().anyMatch(table -> !table.startup().isBounded())
                ? Boundedness.CONTINUOUS_UNBOUNDED
                : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, ReplicationSplit> createReader(SourceReaderContext context) throws Exception {
        requireConnectorBase();
        return new ReplicationSourceReader<>(config, schema, job -> opened(), context);
    }

    /** Where the source was built it was there, which says nothing about the cluster. */
    private static void requireConnectorBase() {
        try {
            ConnectorBase.require();
        } catch (ReplicationException missing) {
            throw ReplicationStoppedException.of(missing);
        }
    }

    @Override
    public SplitEnumerator<ReplicationSplit, EnumeratorState> createEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context) {
        return restoreEnumerator(context, new EnumeratorState(Map.of()));
    }

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

    /** Whoever opens a service does not know for which tables. */
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

    @Override
    public SimpleVersionedSerializer<ReplicationSplit> getSplitSerializer() {
        return new SplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
        return new EnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }
}
