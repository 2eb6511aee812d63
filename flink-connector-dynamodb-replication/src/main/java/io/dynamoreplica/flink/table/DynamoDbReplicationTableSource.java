/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsWatermarkPushDown;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The table source of one declared table, which is read by Scan, by its stream, or by both.
 *
 * <p>{@link DeclaredChangelog} names the kinds of the rows. Of each item, only the attributes are
 * requested from which the columns of a query are read. If a metadata column shows the whole item,
 * everything that is replicated of it is requested. The reader adds the key.
 */
final class DynamoDbReplicationTableSource
        implements ScanTableSource, SupportsProjectionPushDown, SupportsReadingMetadata, SupportsWatermarkPushDown {

    /** The name that Flink gives to the operator of a source that it creates itself. */
    private static final String TRANSFORMATION = "source";

    private final DeclaredTable table;
    private final TableReplication replication;

    /** The declared physical columns, from which a projection selects. */
    private final DataType physical;

    private RowType columns;
    private DataType produced;
    private List<MetadataColumn> metadata = List.of();
    private Optional<WatermarkStrategy<RowData>> watermarks = Optional.empty();

    DynamoDbReplicationTableSource(DeclaredTable table, TableReplication replication, DataType physical) {
        this.table = table;
        this.replication = replication;
        this.physical = physical;
        this.columns = (RowType) physical.getLogicalType();
        this.produced = physical;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return replication.changelog().mode();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        RowDataDeserializationSchema schema = new RowDataDeserializationSchema(
                new RowLayout(columns, metadata, table.key(), placesInImage()),
                replication.changelog(),
                context.createTypeInformation(produced),
                replication.conversion());
        if (watermarks.isPresent()) {
            return withWatermarks(schema, watermarks.get());
        }
        Integer parallelism = replication.parallelism().orElse(null);
        return SourceProvider.of(DynamoDbReplicationSource.of(config(), schema), parallelism);
    }

    private ScanRuntimeProvider withWatermarks(
            RowDataDeserializationSchema schema, WatermarkStrategy<RowData> declared) {
        boolean onlyCopies = startup() == StartupMode.FULL_TABLE;
        DynamoDbReplicationSource<RowData> source =
                DynamoDbReplicationSource.of(config(), onlyCopies ? schema : schema.withoutTimeOfCopies());
        return new TimedScan(
                source, new CopyWatermarks(declared, onlyCopies), replication.table(), replication.parallelism());
    }

    /** A provider like {@link SourceProvider}, which does not accept watermarks. */
    private record TimedScan(
            DynamoDbReplicationSource<RowData> source,
            WatermarkStrategy<RowData> watermarks,
            String name,
            Optional<Integer> parallelism)
            implements DataStreamScanProvider {

        @Override
        public DataStream<RowData> produceDataStream(ProviderContext context, StreamExecutionEnvironment environment) {
            DataStreamSource<RowData> rows = environment.fromSource(source, watermarks, name, source.getProducedType());
            context.generateUid(TRANSFORMATION).ifPresent(rows::uid);
            return rows;
        }

        @Override
        public boolean isBounded() {
            return source.getBoundedness() == Boundedness.BOUNDED;
        }

        @Override
        public Optional<Integer> getParallelism() {
            return parallelism;
        }
    }

    /** Returns the declared configuration, restricted to the projection that the planner has pushed down so far. */
    ReplicationConfig config() {
        return replication.config(projection(), table.declaredKey());
    }

    private Projection projection() {
        List<String> names = columns.getFieldNames();
        Projection declared = replication.projection();
        if (metadata.stream().anyMatch(MetadataColumn::showsWholeItems)) {
            return declared;
        }
        return declared.equals(Projection.wholeItem())
                ? Projection.covering(names.stream().map(table.paths()::of).toList(), table.key())
                : declared.within(names);
    }

    private ColumnPaths placesInImage() {
        return table.paths().of(columns.getFieldNames()).in(projection());
    }

    private StartupMode startup() {
        return replication.startup();
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    /**
     * Restricts the source to the physical columns with these positions.
     *
     * @param projected the type that the source produces in the end. It can hold metadata columns that the
     *     planner applies later, so only {@code fields} gives the physical columns
     */
    @Override
    public void applyProjection(int[][] fields, DataType projected) {
        columns =
                (RowType) org.apache.flink.table.connector.Projection.of(fields).project(physical.getLogicalType());
        produced = projected;
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        return MetadataColumn.types();
    }

    @Override
    public void applyReadableMetadata(List<String> keys, DataType producedWithMetadata) {
        metadata = keys.stream().map(MetadataColumn::of).toList();
        produced = producedWithMetadata;
    }

    /** Takes the watermarks into the source, where Flink makes them for each split. */
    @Override
    public void applyWatermark(WatermarkStrategy<RowData> declared) {
        watermarks = Optional.of(declared);
    }

    @Override
    public DynamicTableSource copy() {
        DynamoDbReplicationTableSource copy = new DynamoDbReplicationTableSource(table, replication, physical);
        copy.columns = columns;
        copy.produced = produced;
        copy.metadata = metadata;
        copy.watermarks = watermarks;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "DynamoDB table %s, %s".formatted(replication.table(), startup());
    }
}
