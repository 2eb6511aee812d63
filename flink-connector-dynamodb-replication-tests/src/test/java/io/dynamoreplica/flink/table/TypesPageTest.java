/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.json.ItemKind;
import io.dynamoreplica.flink.config.TimestampUnit;
import io.dynamoreplica.flink.table.TypesPage.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.utils.TypeConversions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/types.md and the converters agree in both directions. */
class TypesPageTest {

    static List<Row> rows() throws IOException {
        return TypesPage.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatARowSaysHappens(Row row) throws Exception {
        assertThat(row.types()).isNotEmpty();
        for (ItemKind kind : ItemKind.values()) {
            for (LogicalType type : row.types()) {
                SingleColumnTable column = column(kind, type, row.conversion().timestampUnit());
                for (String value : row.values()) {
                    assertThat(SqlText.of(column.convert(TypesPage.attribute(value)), type))
                            .as("%s as %s, %s", value, type, kind)
                            .isEqualTo(row.outcome().becomes());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatARowSaysFailsDoes(Row row) throws Exception {
        for (LogicalType type : row.types()) {
            SingleColumnTable column =
                    column(ItemKind.IN_MEMORY, type, row.conversion().timestampUnit());
            for (String value : row.outcome().misfits()) {
                assertThat(TypesPage.attribute(value).type()).isEqualTo(row.from());
                assertThatThrownBy(() -> column.convert(TypesPage.attribute(value)))
                        .as("%s as %s", value, type)
                        .isInstanceOf(ConversionException.class);
            }
        }
    }

    @Test
    void everyTypeOfDynamoDbIsThereAndItsValuesAreOfIt() throws Exception {
        Set<AttributeType> seen = EnumSet.noneOf(AttributeType.class);
        for (Row row : rows()) {
            for (String value : row.values()) {
                seen.add(row.from());
                assertThat(TypesPage.attribute(value).type()).isEqualTo(row.from());
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(AttributeType.values());
    }

    /** Every pair of types that converts is in the table, including pairs that no row mentions. */
    @Test
    void nothingConvertsThatIsNotInTheTable() throws Exception {
        Set<String> documented = new TreeSet<>();
        Set<String> converting = new TreeSet<>();
        Set<LogicalType> types =
                rows().stream().flatMap(row -> row.types().stream()).collect(Collectors.toSet());
        for (Row row : rows()) {
            row.types().forEach(type -> documented.add(pair(row.from(), type)));
            for (String value : row.values()) {
                for (LogicalType type : types) {
                    for (TimestampUnit unit : TimestampUnit.values()) {
                        if (row.from() != AttributeType.NULL && converts(value, type, unit)) {
                            converting.add(pair(row.from(), type));
                        }
                    }
                }
            }
        }
        assertThat(documented).containsAll(converting);
    }

    @Test
    void nullBecomesNullInEveryTypeOfTheTable() throws Exception {
        for (Row row : rows()) {
            for (LogicalType type : row.types()) {
                SingleColumnTable column = column(ItemKind.IN_MEMORY, type.copy(true), TimestampUnit.NONE);
                assertThat(column.convert(new AttributeValue.Null())).isNull();
                assertThat(column.convert(Map.of())).isNull();
            }
        }
    }

    @Test
    void aTypeOfSqlIsInTheTableOrRefused() throws Exception {
        Set<LogicalTypeRoot> documented = rows().stream()
                .flatMap(row -> row.types().stream())
                .map(LogicalType::getTypeRoot)
                .collect(Collectors.toSet());
        List<LogicalType> others = new ArrayList<>();
        others.add(DataTypes.NULL().getLogicalType());
        others.add(DataTypes.TIMESTAMP_WITH_TIME_ZONE(3).getLogicalType());
        others.add(DataTypes.INTERVAL(DataTypes.MONTH()).getLogicalType());
        others.add(DataTypes.INTERVAL(DataTypes.SECOND(3)).getLogicalType());
        others.add(DataTypes.MAP(DataTypes.INT(), DataTypes.INT()).getLogicalType());
        AttributeConverters converters = new AttributeConverters(TimestampUnit.NONE, ConversionFailureHandler.RETHROW);
        for (LogicalType other : others) {
            assertThatThrownBy(() -> converters.of("c", other))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining(other.asSummaryString());
        }
        others.removeIf(other -> other.is(LogicalTypeRoot.MAP));
        Set<LogicalTypeRoot> every = EnumSet.allOf(LogicalTypeRoot.class);
        every.removeAll(documented);
        others.forEach(other -> every.remove(other.getTypeRoot()));
        assertThat(every.stream().map(Enum::name))
                .as("types that no column can be declared with")
                .isSubsetOf(
                        "DISTINCT_TYPE",
                        "STRUCTURED_TYPE",
                        "RAW",
                        "SYMBOL",
                        "UNRESOLVED",
                        "VARIANT",
                        "DESCRIPTOR",
                        "BITMAP");
    }

    /** The check of key columns uses a list of key types, which must be the types that convert. */
    @Test
    void aKeyColumnTakesTheKeysThatConvertToIt() throws Exception {
        Set<String> ofKeys = Set.of("S", "N", "B");
        Map<LogicalTypeRoot, Set<String>> converting = new EnumMap<>(LogicalTypeRoot.class);
        for (Row row : rows()) {
            for (LogicalType type : row.types()) {
                if (AttributeConverters.keepsKeysApart(type)
                        && ofKeys.contains(row.from().name())) {
                    converting
                            .computeIfAbsent(type.getTypeRoot(), root -> new TreeSet<>())
                            .add(row.from().name());
                }
            }
        }
        for (Row row : rows()) {
            for (LogicalType type : row.types()) {
                assertThat(converting.getOrDefault(type.getTypeRoot(), Set.of()))
                        .containsExactlyInAnyOrderElementsOf(AttributeConverters.keyTypesOf(type));
            }
        }
    }

    private static boolean converts(String value, LogicalType type, TimestampUnit unit) throws IOException {
        try {
            column(ItemKind.IN_MEMORY, type, unit).convert(TypesPage.attribute(value));
            return true;
        } catch (ConversionException e) {
            return false;
        }
    }

    private static String pair(AttributeType from, LogicalType to) {
        return from + " to " + to.getTypeRoot();
    }

    private static SingleColumnTable column(ItemKind kind, LogicalType type, TimestampUnit unit) {
        return new SingleColumnTable(
                kind,
                TypeConversions.fromLogicalToDataType(type),
                new AttributeConverters(unit, ConversionFailureHandler.RETHROW));
    }
}
