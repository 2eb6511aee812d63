/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.MULTISET;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TINYINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
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
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values that fit or do not fit the table {@code things (id BIGINT, a <type>, PRIMARY KEY (id))}. */
class ConversionErrorPolicyTest {

    private static final Map<String, String> TO_NULL = Map.of("scan.conversion.on-error", "null");

    private final CountedMetrics metrics = new CountedMetrics();

    @ParameterizedTest
    @EnumSource
    void anAttributeThatChangesItsTypeFailsTheJobByDefault(ItemKind kind) throws Exception {
        RowDataDeserializationSchema schema = schema(INT(), Map.of());

        assertThat(convert(schema, item(kind, new N("1"), new N("7")))).isEqualTo(7);
        assertThatThrownBy(() -> convert(schema, item(kind, new N("2"), new S("seven"))))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        """
                        An item of table things does not fit its declaration in SQL. Attribute 'a' is of type S, \
                        which does not convert to INT. The item's key is {"id":{"N":"2"}}. Declare the column with \
                        a type that holds all its values, such as STRING. Or remove the column. Or, if the column \
                        may be null, set 'scan.conversion.on-error' = 'null'.""");
        assertThat(metrics.count("conversionErrors")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void orItBecomesNullAndIsCounted(ItemKind kind) throws Exception {
        RowDataDeserializationSchema schema = schema(TINYINT(), TO_NULL);

        assertThat(convert(schema, item(kind, new N("1"), new S("seven")))).isNull();
        assertThat(convert(schema, item(kind, new N("1"), new N("128")))).isNull();
        assertThat(convert(schema, item(kind, new N("1"), new N("127")))).isEqualTo((byte) 127);
        assertThat(metrics.count("conversionErrors")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void nullStandsInTheInnermostPlaceThatAllowsIt(ItemKind kind) throws Exception {
        S wrong = new S("x");
        N right = new N("1");

        assertThat(nulled(kind, ROW(FIELD("n", INT()), FIELD("s", STRING())), new M(Map.of("n", wrong, "s", wrong))))
                .isEqualTo(GenericRowData.of(null, StringData.fromString("x")));
        assertThat(nulled(kind, ARRAY(INT()), new L(List.of(right, wrong, right))))
                .isEqualTo(new GenericArrayData(new Object[] {1, null, 1}));
        Map<StringData, Integer> entries = new HashMap<>();
        entries.put(StringData.fromString("x"), null);
        entries.put(StringData.fromString("y"), 1);
        assertThat(nulled(kind, MAP(STRING(), INT()), new M(Map.of("x", wrong, "y", right))))
                .isEqualTo(new GenericMapData(entries));
        assertThat(metrics.count("conversionErrors")).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotHoldNullGoesAsAWhole(ItemKind kind) throws Exception {
        S wrong = new S("x");
        DataType rows = ARRAY(ROW(FIELD("n", INT().notNull())));

        assertThat(nulled(kind, ARRAY(INT().notNull()), new L(List.of(new N("1"), wrong))))
                .isNull();
        assertThat(nulled(kind, MULTISET(TINYINT()), new Ns(List.of("1", "1000"))))
                .isNull();
        assertThat(nulled(kind, MAP(STRING(), INT()), new M(Map.of("\uD83D", new N("1")))))
                .isNull();
        assertThat(nulled(
                        kind,
                        rows,
                        new L(List.of(new M(Map.of()), new M(Map.of("n", wrong)), new M(Map.of("n", new N("1")))))))
                .isEqualTo(new GenericArrayData(new Object[] {null, null, GenericRowData.of(1)}));
        assertThat(metrics.count("conversionErrors")).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsNeverNull(ItemKind kind) throws Exception {
        RowDataDeserializationSchema schema = schema(INT(), TO_NULL);

        assertThatThrownBy(() -> convert(schema, item(kind, new N("0.5"), new N("1"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'id' of type N is the number 0.5, which does not fit BIGINT NOT NULL")
                .hasMessageContaining("{\"id\":{\"N\":\"0.5\"}}");
        assertThat(metrics.count("conversionErrors")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theRestOfTheItemIsReadAllTheSame(ItemKind kind) throws Exception {
        RowDataDeserializationSchema schema = schema(ARRAY(ARRAY(INT().notNull())), TO_NULL);
        L nested = new L(List.of(new L(List.of(new S("x"), new N("1"))), new L(List.of())));

        RowData row = read(schema, item(kind, new N("1"), nested));
        assertThat(row.getLong(0)).isEqualTo(1);
        assertThat(row.getArray(1))
                .isEqualTo(new GenericArrayData(new Object[] {null, new GenericArrayData(new Object[0])}));
    }

    private Object nulled(ItemKind kind, DataType type, AttributeValue value) throws Exception {
        return convert(schema(type, TO_NULL), item(kind, new N("1"), value));
    }

    private static Item item(ItemKind kind, AttributeValue id, AttributeValue a) {
        return kind.of(Map.of("id", id, "a", a));
    }

    private RowDataDeserializationSchema schema(DataType a, Map<String, String> options) {
        RowType columns =
                (RowType) ROW(FIELD("id", BIGINT().notNull()), FIELD("a", a)).getLogicalType();
        RowDataDeserializationSchema schema = new RowDataDeserializationSchema(
                new RowLayout(columns, List.of(), List.of("id")),
                DeclaredChangelog.FULL_DELETES,
                InternalTypeInfo.of(columns),
                ConversionConfig.parse(options));
        schema.open(metrics);
        return schema;
    }

    private static Object convert(RowDataDeserializationSchema schema, Item item) throws IOException {
        return ((GenericRowData) read(schema, item)).getField(1);
    }

    private static RowData read(RowDataDeserializationSchema schema, Item item) throws IOException {
        List<RowData> rows = new ArrayList<>();
        schema.deserialize(
                new ChangeEvent(
                        "things",
                        Operation.READ,
                        new Images(MapItem.of(Map.of("id", item.materialise().get("id"))), null, item),
                        Origin.scanned(1, Instant.EPOCH)),
                new ListCollector<>(rows));
        return rows.get(0);
    }
}
