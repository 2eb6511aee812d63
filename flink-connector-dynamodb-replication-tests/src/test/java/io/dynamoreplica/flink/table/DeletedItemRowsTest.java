/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.ChangeEvent.Origin;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.ConversionConfig;
import io.dynamoreplica.flink.projection.PathParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rows of a deleted item of {@code orders (total INT, id STRING, tags ARRAY<INT>)}, for each
 * changelog.
 */
class DeletedItemRowsTest {

    private static final RowType COLUMNS =
            (RowType) ROW(FIELD("total", INT()), FIELD("id", STRING().notNull()), FIELD("tags", ARRAY(INT())))
                    .getLogicalType();

    private static final Instant TIME = Instant.parse("2025-11-03T10:15:30Z");
    private static final long EPOCH = 3;

    private static final Map<String, AttributeValue> ORDER =
            Map.of("id", new S("o-1"), "total", new N("12"), "other", new S("x"));

    private static final Map<String, AttributeValue> MISFIT =
            Map.of("id", new S("o-1"), "total", new N("12"), "tags", new L(List.of(new N("1"), new S("x"))));

    private static final Map<String, String> TO_NULL = Map.of("scan.conversion.on-error", "null");

    private final CountedMetrics metrics = new CountedMetrics();

    @ParameterizedTest
    @EnumSource
    void aFullDeleteHoldsTheItemAsItWas(ItemKind kind) throws Exception {
        assertThat(rows(copied(DeclaredChangelog.FULL_DELETES), removed(kind.of(ORDER))))
                .containsExactly(row(RowKind.DELETE, 12, null, "REMOVE"));
    }

    @ParameterizedTest
    @EnumSource
    void aDeleteByKeyHoldsNothingElse(ItemKind kind) throws Exception {
        assertThat(rows(copied(DeclaredChangelog.KEY_DELETES), removed(kind.of(ORDER))))
                .containsExactly(row(RowKind.DELETE, null, null, "REMOVE"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnOldImageEvenAFullDeleteHoldsTheKeyAlone(ItemKind kind) throws Exception {
        assertThat(rows(opened(DeclaredChangelog.FULL_DELETES), removed(null)))
                .containsExactly(row(RowKind.DELETE, null, null, "REMOVE"));
    }

    @ParameterizedTest
    @EnumSource
    void anOldImageThatDoesNotFitLeavesTheKey(ItemKind kind) throws Exception {
        assertThat(rows(opened(DeclaredChangelog.FULL_DELETES), removed(kind.of(MISFIT))))
                .as("no row was ever made of it, so there is none to repeat")
                .containsExactly(row(RowKind.DELETE, null, null, "REMOVE"));
        assertThat(rows(opened(DeclaredChangelog.KEY_DELETES), removed(kind.of(MISFIT))))
                .containsExactly(row(RowKind.DELETE, null, null, "REMOVE"));
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatMayBecomeNullDoesSoInADeleteAndCountsOnce(ItemKind kind) throws Exception {
        GenericArrayData tags = new GenericArrayData(new Object[] {1, null});

        assertThat(rows(opened(DeclaredChangelog.FULL_DELETES, TO_NULL), removed(kind.of(MISFIT))))
                .containsExactly(
                        row(RowKind.UPDATE_AFTER, 12, tags, "MODIFY"), row(RowKind.DELETE, 12, tags, "REMOVE"));
        assertThat(metrics.count("conversionErrors")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeclaredChangelog.class,
            names = {"FULL_DELETES", "KEY_DELETES"})
    void theImageIsRepeatedWhileTheEndOfTheCopyIsNotKnown(DeclaredChangelog changelog) throws Exception {
        List<RowData> rows = rows(opened(changelog), removed(ItemKind.IN_MEMORY.of(ORDER)));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).isEqualTo(row(RowKind.UPDATE_AFTER, 12, null, "MODIFY"));
        assertThat(rows.get(1).getRowKind()).isEqualTo(RowKind.DELETE);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeclaredChangelog.class,
            names = {"FULL_DELETES", "KEY_DELETES"})
    void theImageIsRepeatedOnlyIfTheCopyMayHaveBeenReadLater(DeclaredChangelog changelog) throws Exception {
        RowDataDeserializationSchema schema = opened(changelog);

        schema.copyEnded("orders", EPOCH, TIME);
        assertThat(rows(schema, removed(ItemKind.IN_MEMORY.of(ORDER)))).hasSize(2);
        schema.copyEnded("orders", EPOCH, TIME.minus(Duration.ofSeconds(1)));
        assertThat(rows(schema, removed(ItemKind.IN_MEMORY.of(ORDER)))).hasSize(1);
        schema.copyEnded("orders", EPOCH + 1, TIME.minus(Duration.ofSeconds(1)));
        assertThat(rows(schema, removed(ItemKind.IN_MEMORY.of(ORDER))))
                .as("the delete follows another copy")
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void inAnAppendOnlyTableItIsARowOfItsOwn(ItemKind kind) throws Exception {
        RowDataDeserializationSchema schema = opened(DeclaredChangelog.INSERT_ONLY);

        assertThat(rows(schema, removed(kind.of(ORDER)))).containsExactly(row(RowKind.INSERT, 12, null, "REMOVE"));
        assertThat(rows(schema, removed(null))).containsExactly(row(RowKind.INSERT, null, null, "REMOVE"));
        assertThat(rows(schema, removed(kind.of(MISFIT)))).containsExactly(row(RowKind.INSERT, null, null, "REMOVE"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutADeclaredKeyAnyColumnCanBeFilledFromTheKey(ItemKind kind) throws Exception {
        RowType columns = (RowType)
                ROW(FIELD("note", STRING()), FIELD("reference", STRING())).getLogicalType();
        RowDataDeserializationSchema schema = new RowDataDeserializationSchema(
                new RowLayout(
                        columns,
                        List.of(),
                        List.of(),
                        new ColumnPaths(Map.of("reference", new PathParser(Map.of()).path("id")))),
                DeclaredChangelog.INSERT_ONLY,
                InternalTypeInfo.of(columns),
                ConversionConfig.parse(Map.of()));
        schema.open(metrics);

        assertThat(rows(schema, removed(null))).containsExactly(GenericRowData.of(null, StringData.fromString("o-1")));
    }

    private RowDataDeserializationSchema opened(DeclaredChangelog changelog) {
        return opened(changelog, Map.of());
    }

    private RowDataDeserializationSchema opened(DeclaredChangelog changelog, Map<String, String> options) {
        RowDataDeserializationSchema schema = new RowDataDeserializationSchema(
                new RowLayout(COLUMNS, List.of(MetadataColumn.OPERATION), List.of("id")),
                changelog,
                InternalTypeInfo.of(COLUMNS),
                ConversionConfig.parse(options));
        schema.open(metrics);
        return schema;
    }

    /** A change long after the end of the copy. */
    private RowDataDeserializationSchema copied(DeclaredChangelog changelog) {
        RowDataDeserializationSchema schema = opened(changelog);
        schema.copyEnded("orders", EPOCH, TIME.minus(Duration.ofDays(1)));
        return schema;
    }

    private static List<RowData> rows(RowDataDeserializationSchema schema, ChangeEvent event) throws Exception {
        List<RowData> rows = new ArrayList<>();
        schema.deserialize(event, new ListCollector<>(rows));
        return rows;
    }

    private static GenericRowData row(RowKind kind, Integer total, Object tags, String operation) {
        return GenericRowData.ofKind(kind, total, StringData.fromString("o-1"), tags, StringData.fromString(operation));
    }

    private static ChangeEvent removed(Item before) {
        return new ChangeEvent(
                "orders",
                Operation.REMOVE,
                new Images(ItemKind.IN_MEMORY.of(Map.of("id", new S("o-1"))), before, null),
                new Origin(EPOCH, TIME, "shard-1", "42", true));
    }
}
