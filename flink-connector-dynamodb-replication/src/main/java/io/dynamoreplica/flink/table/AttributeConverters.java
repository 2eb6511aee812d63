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

/** Which converter a SQL type has: the one table of what converts to what. */
final class AttributeConverters {

    private final TimestampUnit timestampUnit;
    private final ConversionFailureHandler failures;

    /**
     * @param timestampUnit what an N counts in a TIMESTAMP_LTZ
     * @param failures decides about values that do not fit where null could stand
     */
    AttributeConverters(TimestampUnit timestampUnit, ConversionFailureHandler failures) {
        this.timestampUnit = timestampUnit;
        this.failures = failures;
    }

    /**
     * A converter that also knows what to do with a NULL, and with a value that does not fit. Such
     * a value is the affair of the innermost place that may be null.
     *
     * @param where names the column or field of this type, for the error
     * @throws ValidationException if nothing in DynamoDB converts to the type, or to one inside it
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
                throw new ConversionException("is NULL, but declared " + type.asSummaryString());
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
            case ARRAY ->
                CollectionConverters.array((ArrayType) type, of(where + "[]", ((ArrayType) type).getElementType()));
            case MULTISET ->
                CollectionConverters.multiset(
                        (MultisetType) type, inSet().of(where + "[]", ((MultisetType) type).getElementType()));
            case MAP -> map(where, (MapType) type);
            case ROW -> RowConverter.nested(this, where, (RowType) type);
            default ->
                throw new ValidationException("Column '"
                        + where
                        + "' has type "
                        + type.asSummaryString()
                        + ", to which no type of DynamoDB converts. "
                        + "Declare it as one of CHAR, VARCHAR, STRING, BOOLEAN, BINARY, VARBINARY, BYTES,"
                        + " TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP,"
                        + " TIMESTAMP_LTZ, ARRAY, MULTISET, MAP or ROW, or leave the column out.");
        };
    }

    /** Null cannot stand for an element of a multiset: how many were there would be lost too. */
    private AttributeConverters inSet() {
        return new AttributeConverters(timestampUnit, ConversionFailureHandler.RETHROW);
    }

    private AttributeConverter map(String where, MapType type) {
        if (!type.getKeyType().is(LogicalTypeRoot.VARCHAR)) {
            throw new ValidationException("Column '"
                    + where
                    + "' has type "
                    + type.asSummaryString()
                    + ", but the names in a map of DynamoDB are strings. Declare it as MAP<STRING, ...>.");
        }
        return CollectionConverters.map(type, of(where + "[]", type.getValueType()));
    }

    /**
     * Whether different keys of DynamoDB are sure to stay different in this type. They would not as
     * floating point numbers, say, and two items would be one row.
     */
    static boolean keepsKeysApart(LogicalType type) {
        return !keyTypesOf(type).isEmpty();
    }

    /** Which types of a key in DynamoDB convert to this one; none if it cannot be a key's. */
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
