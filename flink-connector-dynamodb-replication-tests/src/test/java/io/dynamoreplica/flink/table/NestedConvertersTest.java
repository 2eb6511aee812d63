/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.apache.flink.table.api.DataTypes.ARRAY;
import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BYTES;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.MAP;
import static org.apache.flink.table.api.DataTypes.MULTISET;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bs;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.TimestampUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NestedConvertersTest {

    private static final S X = new S("x");

    @ParameterizedTest
    @EnumSource
    void aMapIsARowByItsNamesOrAMapOfThem(ItemKind kind) throws Exception {
        AttributeValue map = new M(Map.of("n", new N("1"), "unknown", X, "null", new Null()));
        DataType row = ROW(FIELD("absent", INT()), FIELD("n", INT()), FIELD("null", STRING()));

        assertThat(new SingleColumnTable(kind, row).convert(map)).isEqualTo(GenericRowData.of(null, 1, null));
        Map<StringData, Long> entries = new HashMap<>();
        entries.put(StringData.fromString("one"), 1L);
        entries.put(StringData.fromString("none"), null);
        assertThat(new SingleColumnTable(kind, MAP(STRING(), BIGINT()))
                        .convert(new M(Map.of("one", new N("1"), "none", new Null()))))
                .isEqualTo(new GenericMapData(entries));
        assertThat(new SingleColumnTable(kind, MAP(STRING(), BIGINT())).convert(new M(Map.of())))
                .isEqualTo(new GenericMapData(Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void listsAndSetsAreArrays(ItemKind kind) throws Exception {
        assertThat(new SingleColumnTable(kind, ARRAY(INT()))
                        .convert(new L(List.of(new N("2"), new Null(), new N("1")))))
                .isEqualTo(new GenericArrayData(new Object[] {2, null, 1}));
        assertThat(new SingleColumnTable(kind, ARRAY(INT())).convert(new L(List.of())))
                .isEqualTo(new GenericArrayData(new Object[0]));
        assertThat(new SingleColumnTable(kind, ARRAY(STRING())).convert(new Ss(List.of("x", "y"))))
                .isEqualTo(new GenericArrayData(new Object[] {StringData.fromString("x"), StringData.fromString("y")}));
        assertThat(new SingleColumnTable(kind, ARRAY(BIGINT())).convert(new Ns(List.of("1", "1E+2"))))
                .isEqualTo(new GenericArrayData(new Object[] {1L, 100L}));
        GenericArrayData binaries = (GenericArrayData)
                new SingleColumnTable(kind, ARRAY(BYTES())).convert(new Bs(List.of(new B(new byte[] {1, 2}))));
        assertThat(binaries.size()).isEqualTo(1);
        assertThat(binaries.getBinary(0)).isEqualTo(new byte[] {1, 2});
    }

    @ParameterizedTest
    @EnumSource
    void setsAreMultisetsAndListsAreNot(ItemKind kind) throws Exception {
        assertThat(new SingleColumnTable(kind, MULTISET(INT())).convert(new Ns(List.of("1", "2"))))
                .isEqualTo(new GenericMapData(Map.of(1, 1, 2, 1)));
        assertThat(new SingleColumnTable(kind, MULTISET(STRING())).convert(new Ss(List.of("x"))))
                .isEqualTo(new GenericMapData(Map.of(StringData.fromString("x"), 1)));
        assertThatThrownBy(() -> new SingleColumnTable(kind, MULTISET(STRING())).convert(new L(List.of(X))))
                .hasMessage("Attribute 'a' is of type L, which does not convert to MULTISET<STRING>");
    }

    @ParameterizedTest
    @EnumSource
    void nestingAsDeepAsDynamoDbAllowsConverts(ItemKind kind) throws Exception {
        DataType type = STRING();
        AttributeValue value = X;
        for (int depth = 0; depth < 31; depth++) {
            type = depth % 2 == 0 ? ARRAY(type) : ROW(FIELD("in", type));
            value = depth % 2 == 0 ? new L(List.of(value)) : new M(Map.of("in", value));
        }
        Object inside = new SingleColumnTable(kind, type).convert(value);
        for (int depth = 0; depth < 31; depth++) {
            inside = inside instanceof GenericRowData row
                    ? row.getField(0)
                    : ((GenericArrayData) inside).toObjectArray()[0];
        }
        assertThat(inside).hasToString("x");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorInsideNamesTheWholePath(ItemKind kind) {
        DataType type = ROW(FIELD("list", ARRAY(ROW(FIELD("n", INT().notNull())))));
        M right = new M(Map.of("n", new N("1")));
        assertFails(kind, type, inList(right, X), "'a.list[1]' is of type S");
        assertFails(kind, type, inList(right, right, new M(Map.of("n", X))), "'a.list[2].n' is of");
        assertFails(kind, type, inList(new M(Map.of())), "'a.list[0].n' is missing");
        assertFails(kind, type, new M(Map.of("list", X)), "'a.list' is of type S");
        assertFails(kind, type, new L(List.of()), "'a' is of type L");
        DataType matrix = MAP(STRING(), ARRAY(ARRAY(INT())));
        assertFails(
                kind,
                matrix,
                new M(Map.of("m", new L(List.of(new L(List.of(X)))))),
                "'a.m[0][0]' is of type S, which does not convert to INT");
        assertFails(kind, ARRAY(INT()), new Ss(List.of("x")), "'a[0]' is of type S");
        assertFails(kind, MAP(STRING(), INT()), new Ns(List.of("1")), "'a' is of type NS");
    }

    @Test
    void typesThatNothingConvertsToAreRefusedByColumn() {
        assertRefused(DataTypes.INTERVAL(DataTypes.DAY()), "'c' has type INTERVAL DAY");
        assertRefused(ROW(FIELD("x", ARRAY(DataTypes.NULL()))), "'c.x[]' has type NULL");
        assertRefused(MAP(INT(), STRING()), "'c' has type MAP<INT, STRING>");
        assertRefused(DataTypes.TIMESTAMP_WITH_TIME_ZONE(3), "'c' has type TIMESTAMP(3) WITH TIME ZONE");
    }

    private static M inList(AttributeValue... elements) {
        return new M(Map.of("list", new L(List.of(elements))));
    }

    private static void assertFails(ItemKind kind, DataType type, AttributeValue value, String message) {
        assertThatThrownBy(() -> new SingleColumnTable(kind, type).convert(value))
                .isInstanceOf(ConversionException.class)
                .hasMessageStartingWith("Attribute " + message);
    }

    private static void assertRefused(DataType type, String message) {
        assertThatThrownBy(() -> new AttributeConverters(TimestampUnit.NONE, ConversionFailureHandler.RETHROW)
                        .of("c", type.getLogicalType()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(message);
    }
}
