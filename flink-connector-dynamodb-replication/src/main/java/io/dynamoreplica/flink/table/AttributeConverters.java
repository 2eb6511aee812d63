/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.config.TimestampUnit;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.RowType;

/** The converters of all SQL types: the only place that says which type of DynamoDB converts to which. */
final class AttributeConverters {

    private static final String NO_SUCH_TYPE =
            """
            Column '%s' has type %s, to which no type of DynamoDB converts. Declare it as CHAR, VARCHAR, STRING, \
            BOOLEAN, BINARY, VARBINARY, BYTES, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, DATE, TIME, \
            TIMESTAMP, TIMESTAMP_LTZ, ARRAY, MULTISET, MAP or ROW. Or remove the column.""";

    private static final String NOT_A_STRING_KEY =
            """
            Column '%s' has type %s, but the names in a map of DynamoDB are strings. Declare it as \
            MAP<STRING, ...>.""";

    private final TimestampUnit timestampUnit;
    private final ConversionFailureHandler failures;

    /**
     * @param timestampUnit the unit of an N that becomes a TIMESTAMP_LTZ
     * @param failures decides on a value that does not fit, where null is allowed
     */
    AttributeConverters(TimestampUnit timestampUnit, ConversionFailureHandler failures) {
        this.timestampUnit = timestampUnit;
        this.failures = failures;
    }

    /**
     * Returns a converter that also handles a NULL and a value that does not fit. If a value does not fit,
     * the innermost nullable type around it becomes null, or the conversion fails.
     *
     * @param where the column, field or element of this type, for the error
     * @throws ValidationException if no type of DynamoDB converts to the type, or to a type inside it
     */
    AttributeConverter of(String where, LogicalType type) {
        AttributeConverter converter = ofNonNull(where, type);
        return type.isNullable() ? nullable(where, converter) : required(type, converter);
    }

    private AttributeConverter nullable(String where, AttributeConverter converter) {
        return value -> {
            if (value.type() == AttributeType.NULL) {
                return null;
            }
            try {
                return converter.convert(value);
            } catch (ConversionException e) {
                failures.handle(where, e);
                return null;
            }
        };
    }

    private static AttributeConverter required(LogicalType type, AttributeConverter converter) {
        return value -> {
            if (value.type() == AttributeType.NULL) {
                throw new ConversionException("is NULL, but declared %s".formatted(type.asSummaryString()));
            }
            return converter.convert(value);
        };
    }

    private AttributeConverter ofNonNull(String where, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> TextConverters.string(type);
            case DATE -> TimeConverters.date(type);
            case TIME_WITHOUT_TIME_ZONE -> TimeConverters.time(type);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> TimeConverters.timestamp(type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TimeConverters.instant(type, timestampUnit);
            case TINYINT -> NumberConverters.tinyInt(type);
            case SMALLINT -> NumberConverters.smallInt(type);
            case INTEGER -> NumberConverters.integer(type);
            case BIGINT -> NumberConverters.bigInt(type);
            case FLOAT -> NumberConverters.singlePrecision(type);
            case DOUBLE -> NumberConverters.doublePrecision(type);
            case DECIMAL -> NumberConverters.decimal((DecimalType) type);
            case BOOLEAN -> ScalarConverters.bool(type);
            case BINARY, VARBINARY -> ScalarConverters.bytes(type);
            case ARRAY -> array(where, (ArrayType) type);
            case MULTISET -> multiset(where, (MultisetType) type);
            case MAP -> map(where, (MapType) type);
            case ROW -> RowConverter.nested(this, where, (RowType) type);
            default -> throw new ValidationException(NO_SUCH_TYPE.formatted(where, type.asSummaryString()));
        };
    }

    private AttributeConverter array(String where, ArrayType type) {
        return CollectionConverters.array(type, of(where + "[]", type.getElementType()));
    }

    /**
     * Makes a converter that refuses the whole multiset if an element does not fit: with null in place of
     * two elements, the number of elements would be lost too.
     */
    private AttributeConverter multiset(String where, MultisetType type) {
        AttributeConverters elements = new AttributeConverters(timestampUnit, ConversionFailureHandler.RETHROW);
        return CollectionConverters.multiset(type, elements.of(where + "[]", type.getElementType()));
    }

    private AttributeConverter map(String where, MapType type) {
        if (!type.getKeyType().is(LogicalTypeRoot.VARCHAR)) {
            throw new ValidationException(NOT_A_STRING_KEY.formatted(where, type.asSummaryString()));
        }
        return CollectionConverters.map(type, of(where + "[]", type.getValueType()));
    }

    /**
     * Returns whether different keys of DynamoDB always stay different in this type. As a floating point
     * number, for example, two keys can become equal, and two items would become one row.
     */
    static boolean keepsKeysApart(LogicalType type) {
        return !keyTypesOf(type).isEmpty();
    }

    /** Returns the types of a key attribute that convert to this type; none if a key column cannot have it. */
    static List<String> keyTypesOf(LogicalType type) {
        return KEY_TYPES.getOrDefault(type.getTypeRoot(), List.of());
    }

    private static final Map<LogicalTypeRoot, List<String>> KEY_TYPES = Map.of(
            LogicalTypeRoot.CHAR, List.of("S", "N", "B"),
            LogicalTypeRoot.VARCHAR, List.of("S", "N", "B"),
            LogicalTypeRoot.BINARY, List.of("B"),
            LogicalTypeRoot.VARBINARY, List.of("B"),
            LogicalTypeRoot.TINYINT, List.of("N"),
            LogicalTypeRoot.SMALLINT, List.of("N"),
            LogicalTypeRoot.INTEGER, List.of("N"),
            LogicalTypeRoot.BIGINT, List.of("N"),
            LogicalTypeRoot.DECIMAL, List.of("N"));
}
