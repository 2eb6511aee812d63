/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table read by Scan, by its stream, or by both.
 *
 * <p>{@link DeclaredChangelog} says of which kinds the rows are. Of an item only what the columns
 * of a query are read from is asked for, or all that is replicated of it where metadata shows it;
 * whoever scans adds the key.
 */
final class DynamoDbReplicationTableSource
        implements ScanTableSource, SupportsProjectionPushDown, SupportsReadingMetadata {

    private final DeclaredTable table;
    private final TableReplication replication;

    /** The declared physical columns. What a projection takes, it takes of them. */
    private final DataType physical;

    private RowType columns;
    private DataType produced;
    private List<MetadataColumn> metadata = List.of();

    DynamoDbReplicationTableSource(
            DeclaredTable table, TableReplication replication, DataType physical) {
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
        RowDataDeserializationSchema schema =
                new RowDataDeserializationSchema(
                        new RowLayout(columns, metadata, table.key(), placesInImage()),
                        replication.changelog(),
                        context.createTypeInformation(produced),
                        replication.conversion());
        return SourceProvider.of(
                DynamoDbReplicationSource.of(config(), schema),
                replication.parallelism().orElse(null));
    }

    /** The declared configuration, narrowed to what the planner has pushed down so far. */
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
     * The type is what this source shall produce in the end, so it can hold metadata that the
     * planner applies later. Only the fields tell the physical columns.
     */
    @Override
    public void applyProjection(int[][] fields, DataType projected) {
        columns =
                (RowType)
                        org.apache.flink.table.connector.Projection.of(fields)
                                .project(physical.getLogicalType());
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

    @Override
    public DynamicTableSource copy() {
        DynamoDbReplicationTableSource copy =
                new DynamoDbReplicationTableSource(table, replication, physical);
        copy.columns = columns;
        copy.produced = produced;
        copy.metadata = metadata;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "DynamoDB table " + replication.table() + ", " + startup();
    }
}
