/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.ChangeEvent.Origin;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.ConversionConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the table {@code orders (total INT, id STRING, PRIMARY KEY (id))}. */
class RowDataDeserializationSchemaTest {

    private static final RowType COLUMNS = (RowType)
            ROW(FIELD("total", INT()), FIELD("id", STRING().notNull())).getLogicalType();

    private static final Instant TIME = Instant.parse("2025-11-03T10:15:30Z");

    private static final Map<String, AttributeValue> ORDER =
            Map.of("id", new S("o-1"), "total", new N("12"), "other", new S("x"));

    @ParameterizedTest
    @EnumSource
    void aScannedItemOfASnapshotIsInserted(ItemKind kind) throws Exception {
        assertThat(row(DeclaredChangelog.INSERT_ONLY, List.of(), scanned(kind.of(ORDER))))
                .isEqualTo(GenericRowData.of(12, StringData.fromString("o-1")));
    }

    @ParameterizedTest
    @EnumSource
    void whereChangesFollowEveryImageIsAnUpdateSinceItMayComeAgain(ItemKind kind) throws Exception {
        GenericRowData updated = GenericRowData.ofKind(RowKind.UPDATE_AFTER, 12, StringData.fromString("o-1"));

        assertThat(row(DeclaredChangelog.KEY_DELETES, List.of(), scanned(kind.of(ORDER))))
                .isEqualTo(updated);
        assertThat(row(DeclaredChangelog.KEY_DELETES, List.of(), change(kind, Operation.INSERT, ORDER)))
                .isEqualTo(updated);
        assertThat(row(DeclaredChangelog.KEY_DELETES, List.of(), change(kind, Operation.MODIFY, ORDER)))
                .isEqualTo(updated);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedItemIsItsKeyAlone(ItemKind kind) throws Exception {
        ChangeEvent removed = removed(kind, null);

        assertThat(rows(DeclaredChangelog.KEY_DELETES, List.of(MetadataColumn.EPOCH), removed))
                .containsExactly(GenericRowData.ofKind(RowKind.DELETE, null, StringData.fromString("o-1"), 3L));
    }

    @ParameterizedTest
    @EnumSource
    void metadataStandsBehindTheColumnsInTheOrderAskedFor(ItemKind kind) throws Exception {
        assertThat(row(
                        DeclaredChangelog.KEY_DELETES,
                        List.of(
                                MetadataColumn.TABLE_NAME,
                                MetadataColumn.EPOCH,
                                MetadataColumn.SEQUENCE_NUMBER,
                                MetadataColumn.EVENT_TIME,
                                MetadataColumn.OPERATION),
                        change(kind, Operation.MODIFY, ORDER)))
                .isEqualTo(GenericRowData.ofKind(
                        RowKind.UPDATE_AFTER,
                        12,
                        StringData.fromString("o-1"),
                        StringData.fromString("orders"),
                        3L,
                        StringData.fromString("42"),
                        TimestampData.fromInstant(TIME),
                        StringData.fromString("MODIFY")));
        assertThat(row(DeclaredChangelog.INSERT_ONLY, List.of(MetadataColumn.SEQUENCE_NUMBER), scanned(kind.of(ORDER)))
                        .isNullAt(2))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theWholeItemAndTheOldOneAreJsonWithAttributesThatHaveNoColumn(ItemKind kind) throws Exception {
        List<MetadataColumn> items = List.of(MetadataColumn.ITEM, MetadataColumn.OLD_ITEM);
        Item key = kind.of(Map.of("id", new S("o-1")));
        Item before = kind.of(Map.of("id", new S("o-1")));
        Item after = kind.of(Map.of("other", new Null()));
        Origin origin = new Origin(3, TIME, "shard-1", "42", false);

        assertThat(row(DeclaredChangelog.INSERT_ONLY, items, scanned(kind.of(Map.of("id", new S("o\u0000"))))))
                .isEqualTo(GenericRowData.of(
                        null, StringData.fromString("o\u0000"), StringData.fromString("{\"id\":\"o\\u0000\"}"), null));
        RowData removed = rows(
                        DeclaredChangelog.KEY_DELETES,
                        items,
                        new ChangeEvent("orders", Operation.REMOVE, new Images(key, before, null), origin))
                .get(1);
        assertThat(removed.isNullAt(2)).isTrue();
        assertThat(removed.getString(3)).hasToString("{\"id\":\"o-1\"}");
        assertThat(MetadataColumn.ITEM.read(change(after, origin)))
                .as("NULL is there, and what is missing is not")
                .hasToString("{\"other\":null}");
        assertThat(MetadataColumn.OLD_ITEM.read(change(after, origin))).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void metadataTellsWhereAChangeCameFrom(ItemKind kind) throws Exception {
        List<MetadataColumn> origin = List.of(
                MetadataColumn.SHARD_ID,
                MetadataColumn.SNAPSHOT,
                MetadataColumn.TTL_DELETED,
                MetadataColumn.EVENT_TIME,
                MetadataColumn.EPOCH);
        ChangeEvent expired = new ChangeEvent(
                "orders",
                Operation.REMOVE,
                new Images(kind.of(Map.of("id", new S("o-1"))), null, null),
                new Origin(3, TIME, "shard-1", "42", true));

        assertThat(row(DeclaredChangelog.KEY_DELETES, origin, expired))
                .isEqualTo(GenericRowData.ofKind(
                        RowKind.DELETE,
                        null,
                        StringData.fromString("o-1"),
                        StringData.fromString("shard-1"),
                        false,
                        true,
                        TimestampData.fromInstant(TIME),
                        3L));
        assertThat(row(DeclaredChangelog.INSERT_ONLY, origin, scanned(kind.of(ORDER))))
                .isEqualTo(GenericRowData.of(
                        12, StringData.fromString("o-1"), null, true, false, TimestampData.fromInstant(TIME), 3L));
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotFitFailsWithTableAndAttribute(ItemKind kind) {
        ChangeEvent text = scanned(kind.of(Map.of("id", new S("o-1"), "total", new S("confidential"))));
        assertThatThrownBy(() -> row(DeclaredChangelog.INSERT_ONLY, List.of(), text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("table orders")
                .hasMessageContaining("'total' is of type S, which does not convert to INT")
                .hasMessageContaining("The item's key is {\"id\":{\"S\":\"o-1\"}}.")
                .hasMessageContaining("'scan.conversion.on-error' = 'null'")
                .hasMessageNotContaining("confidential");

        ChangeEvent keyless = scanned(kind.of(Map.of("total", new N("1"))));
        assertThatThrownBy(() -> row(DeclaredChangelog.INSERT_ONLY, List.of(), keyless))
                .hasMessageContaining("'id' is missing, but declared STRING NOT NULL");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamWithoutNewImagesFails(ItemKind kind) {
        Item key = kind.of(Map.of("id", new S("o-1")));
        ChangeEvent keysOnly = new ChangeEvent(
                "orders", Operation.MODIFY, new Images(key, null, null), new Origin(3, TIME, "shard-1", "42", false));

        assertThatThrownBy(() -> row(DeclaredChangelog.KEY_DELETES, List.of(), keysOnly))
                .hasMessageContaining("table orders")
                .hasMessageContaining("NEW_AND_OLD_IMAGES");
    }

    private static RowData row(DeclaredChangelog changelog, List<MetadataColumn> metadata, ChangeEvent event)
            throws Exception {
        List<RowData> rows = rows(changelog, metadata, event);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static List<RowData> rows(DeclaredChangelog changelog, List<MetadataColumn> metadata, ChangeEvent event)
            throws Exception {
        RowDataDeserializationSchema schema = InstantiationUtil.clone(new RowDataDeserializationSchema(
                new RowLayout(COLUMNS, metadata, List.of("id")),
                changelog,
                InternalTypeInfo.of(COLUMNS),
                ConversionConfig.parse(Map.of())));
        schema.open(new CountedMetrics());
        List<RowData> rows = new ArrayList<>();
        schema.deserialize(event, new ListCollector<>(rows));
        return rows;
    }

    private static ChangeEvent removed(ItemKind kind, Item before) {
        return new ChangeEvent(
                "orders",
                Operation.REMOVE,
                new Images(kind.of(Map.of("id", new S("o-1"))), before, null),
                new Origin(3, TIME, "shard-1", "42", true));
    }

    private static ChangeEvent change(Item after, Origin origin) {
        return new ChangeEvent("orders", Operation.MODIFY, new Images(after, null, after), origin);
    }

    private static ChangeEvent scanned(Item item) {
        Map<String, AttributeValue> key = new HashMap<>(item.materialise());
        key.keySet().retainAll(List.of("id"));
        return new ChangeEvent(
                "orders", Operation.READ, new Images(MapItem.of(key), null, item), Origin.scanned(3, TIME));
    }

    private static ChangeEvent change(ItemKind kind, Operation operation, Map<String, AttributeValue> image) {
        return new ChangeEvent(
                "orders",
                operation,
                new Images(kind.of(Map.of("id", image.get("id"))), null, kind.of(image)),
                new Origin(3, TIME, "shard-1", "42", false));
    }
}
