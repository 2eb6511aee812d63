/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.ConversionConfig;
import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.projection.DocumentPath;
import io.dynamoreplica.flink.projection.PathParser;
import io.dynamoreplica.flink.projection.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.runtime.connector.source.ScanRuntimeProviderContext;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The push-downs of the planner, and their effect on the source. */
class DynamoDbReplicationTableSourceTest {

    private TableEnvironment tables;

    @BeforeEach
    void aStreamingSessionWithCheckpoints() {
        tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        tables.getConfig().set("execution.checkpointing.interval", "30 s");
        declare("orders", "initial");
        declare("orders_once", "snapshot");
        declare("orders_daily", "full-table', 'scan.full-table.interval' = '1 d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "orders_daily"})
    void changesAreAnUpsertStreamThatAConsumerOfWholeRowsHasNormalised(String table) {
        assertThat(plan("SELECT * FROM " + table))
                .contains("TableSourceScan", "changelogMode=[I,UA,D]", "ChangelogNormalize");
    }

    @Test
    void aSnapshotOnlyInserts() {
        assertThat(plan("SELECT * FROM orders_once"))
                .contains("changelogMode=[I]")
                .doesNotContain("ChangelogNormalize");
    }

    @Test
    void aBoundedTableCanBeReadInBatchMode() {
        tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        declare("orders_once", "snapshot");

        assertThat(tables.explainSql("SELECT total, COUNT(*) FROM orders_once GROUP BY total"))
                .contains("TableSourceScan", "project=[total]");
    }

    @Test
    void aProjectionReachesTheSourceAndTheKeyStays() {
        assertThat(plan("SELECT total FROM orders"))
                .containsPattern("TableSourceScan\\(table=\\[\\[.*project=\\[(id, total|total, id)\\]");
    }

    @Test
    void onlyMetadataThatIsAskedForIsRead() {
        assertThat(plan("SELECT id, e FROM orders"))
                .contains("metadata=[epoch]")
                .contains("project=[id]");
        assertThat(plan("SELECT id, op, t, seq, e, tab FROM orders"))
                .contains("metadata=[operation, event-time, sequence-number, epoch, table-name]");
    }

    @Test
    void theScanAsksForTheColumnsThatAreUsed() {
        DynamoDbReplicationTableSource source = source(List.of("id"));
        source.applyProjection(new int[][] {{2}}, DataTypes.ROW(DataTypes.FIELD("note", DataTypes.STRING())));

        TableConfig config = config(source);
        assertThat(config.projection()).isEqualTo(Projection.ofAttributes(List.of("note")));
        assertThat(config.declaredKey()).containsExactly(new DeclaredKeyColumn("id", "STRING", List.of("S", "N", "B")));
    }

    /** Flink's scan reuse, which is on by default, does the same. */
    @Test
    void theTypeOfAProjectionCanHoldMetadataThatIsAppliedAfterwards() {
        DynamoDbReplicationTableSource source = source(List.of("id"));
        DataType noteAndEpoch = DataTypes.ROW(
                DataTypes.FIELD("note", DataTypes.STRING()),
                DataTypes.FIELD("$metadata$epoch", DataTypes.BIGINT().notNull()));
        source.applyProjection(new int[][] {{2}}, noteAndEpoch);
        source.applyReadableMetadata(List.of("epoch"), noteAndEpoch);

        assertThat(config(source).projection()).isEqualTo(Projection.ofAttributes(List.of("note")));
    }

    @Test
    void aProjectionIsAppliedToTheDeclarationAndNotToTheOneBefore() {
        DynamoDbReplicationTableSource source = source(List.of("id"));
        source.applyProjection(new int[][] {{2}}, DataTypes.ROW(DataTypes.FIELD("note", DataTypes.STRING())));
        source.applyProjection(new int[][] {{1}}, DataTypes.ROW(DataTypes.FIELD("total", DataTypes.INT())));

        assertThat(config(source).projection()).isEqualTo(Projection.ofAttributes(List.of("total")));
    }

    @Test
    void theScanAsksForThePathsOfTheColumnsThatAreUsed() {
        Map<String, DocumentPath> paths = Map.of("total", path("sums[2].total"), "note", path("texts.note"));
        DynamoDbReplicationTableSource source = source(List.of("id"), new ColumnPaths(paths), Map.of());

        assertThat(config(source).projection()).hasToString("[id, sums[2].total, texts.note]");
        source.applyProjection(new int[][] {{2}}, DataTypes.ROW(DataTypes.FIELD("note", DataTypes.STRING())));
        assertThat(config(source).projection()).hasToString("[texts.note]");
    }

    @Test
    void ofAnExpressionTheScanAsksForWhatTheColumnsUse() {
        DynamoDbReplicationTableSource source = source(
                List.of("id"), ColumnPaths.NONE, Map.of("scan.projection-expression", "note.text, total, other"));

        assertThat(config(source).projection()).hasToString("[note.text, total]");
        source.applyProjection(new int[][] {{0}}, DataTypes.ROW(DataTypes.FIELD("id", DataTypes.STRING())));
        assertThat(config(source).projection()).isEqualTo(Projection.ofAttributes(List.of()));
    }

    @Test
    void withoutADeclaredKeyTheScanAsksForNoMore() {
        DynamoDbReplicationTableSource source = source(List.of());
        source.applyProjection(new int[][] {{2}}, DataTypes.ROW(DataTypes.FIELD("note", DataTypes.STRING())));

        TableConfig config = config(source);
        assertThat(config.projection()).isEqualTo(Projection.ofAttributes(List.of("note")));
        assertThat(config.declaredKey()).isEmpty();
    }

    @Test
    void wholeItemsAreAskedForOnlyWhereAColumnShowsThem() {
        DynamoDbReplicationTableSource source = source(List.of("id"));
        source.applyProjection(new int[][] {{2}}, DataTypes.ROW(DataTypes.FIELD("note", DataTypes.STRING())));

        for (String key : List.of("item", "old-item")) {
            source.applyReadableMetadata(List.of("epoch", key), DataTypes.ROW());
            assertThat(config(source).projection()).isEqualTo(Projection.wholeItem());
            assertThat(config(source).declaredKey())
                    .extracting(DeclaredKeyColumn::name)
                    .containsExactly("id");
        }
        source.applyReadableMetadata(List.of("shard-id"), DataTypes.ROW());
        assertThat(config(source).projection()).isEqualTo(Projection.ofAttributes(List.of("note")));
    }

    @Test
    void aSnapshotIsBoundedAndRunsAtTheParallelismThatWasDeclared() {
        SourceProvider provider =
                (SourceProvider) source(List.of("id")).getScanRuntimeProvider(ScanRuntimeProviderContext.INSTANCE);

        assertThat(provider.isBounded()).isTrue();
        assertThat(provider.getParallelism()).hasValue(3);
    }

    @Test
    void aCopyKeepsWhatWasPushedAndGoesItsOwnWay() {
        DynamoDbReplicationTableSource source = source(List.of("id"));
        DataType note = DataTypes.ROW(DataTypes.FIELD("note", DataTypes.STRING()));
        source.applyProjection(new int[][] {{2}}, note);
        DynamoDbReplicationTableSource copy = (DynamoDbReplicationTableSource) source.copy();
        source.applyProjection(new int[][] {{1}}, DataTypes.ROW(DataTypes.FIELD("total", DataTypes.INT())));

        assertThat(config(copy).projection()).isEqualTo(Projection.ofAttributes(List.of("note")));
        assertThat(config(source).projection()).isEqualTo(Projection.ofAttributes(List.of("total")));
        assertThat(copy.asSummaryString()).isEqualTo("DynamoDB table orders-eu, snapshot");
    }

    private static DocumentPath path(String text) {
        return new PathParser(Map.of()).path(text);
    }

    private static DynamoDbReplicationTableSource source(List<String> key) {
        return source(key, ColumnPaths.NONE, Map.of());
    }

    private static DynamoDbReplicationTableSource source(
            List<String> key, ColumnPaths paths, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("table-name", "orders-eu");
        options.put("scan.startup.mode", "snapshot");
        DataType columns = DataTypes.ROW(
                DataTypes.FIELD("id", DataTypes.STRING().notNull()),
                DataTypes.FIELD("total", DataTypes.INT()),
                DataTypes.FIELD("note", DataTypes.STRING()));
        return new DynamoDbReplicationTableSource(
                new DeclaredTable((RowType) columns.getLogicalType(), key, paths),
                new TableReplication(
                        ReplicationConfigParser.parse(options, List.of()),
                        ConversionConfig.parse(Map.of()),
                        DeclaredChangelog.INSERT_ONLY,
                        Optional.of(3)),
                columns);
    }

    private static TableConfig config(DynamoDbReplicationTableSource source) {
        return source.config().tables().get(0);
    }

    private void declare(String name, String mode) {
        tables.executeSql(
                """
                CREATE TABLE %s (
                  id STRING,
                  total INT,
                  note STRING,
                  op STRING METADATA FROM 'operation' VIRTUAL,
                  t TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
                  seq STRING METADATA FROM 'sequence-number' VIRTUAL,
                  e BIGINT METADATA FROM 'epoch' VIRTUAL,
                  tab STRING METADATA FROM 'table-name' VIRTUAL,
                  PRIMARY KEY (id) NOT ENFORCED
                ) WITH (
                  'connector' = 'dynamodb-replication',
                  'table-name' = 'orders-eu',
                  'scan.startup.mode' = '%s'
                )"""
                        .formatted(name, mode));
    }

    private String plan(String query) {
        return tables.explainSql(query, ExplainDetail.CHANGELOG_MODE);
    }
}
