/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import java.util.List;
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

    private AttributeConverters() {}

    /**
     * A converter that also knows what to do with a NULL.
     *
     * @param where names the column or field of this type, for the error
     * @throws ValidationException if nothing in DynamoDB converts to the type, or to one inside it
     */
    static AttributeConverter of(String where, LogicalType type) {
        AttributeConverter converter = ofNonNull(where, type);
        boolean nullable = type.isNullable();
        return value -> {
            if (value.type() != AttributeType.NULL) {
                return converter.convert(value);
            }
            if (nullable) {
                return null;
            }
            throw new ConversionException("is NULL, but declared " + type.asSummaryString());
        };
    }

    private static AttributeConverter ofNonNull(String where, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR -> TextConverters.string(type);
            case DATE -> TextConverters.date(type);
            case TIME_WITHOUT_TIME_ZONE -> TextConverters.time(type);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> TextConverters.timestamp(type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TextConverters.instant(type);
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
                    CollectionConverters.array(
                            (ArrayType) type,
                            of(where + "[]", ((ArrayType) type).getElementType()));
            case MULTISET ->
                    CollectionConverters.multiset(
                            (MultisetType) type,
                            of(where + "[]", ((MultisetType) type).getElementType()));
            case MAP -> map(where, (MapType) type);
            case ROW -> RowConverter.nested(where, (RowType) type);
            default ->
                    throw new ValidationException(
                            "Column '"
                                    + where
                                    + "' has type "
                                    + type.asSummaryString()
                                    + ", to which no type of DynamoDB converts. "
                                    + "Declare it as one of CHAR, VARCHAR, STRING, BOOLEAN, BINARY, VARBINARY, BYTES,"
                                    + " TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP,"
                                    + " TIMESTAMP_LTZ, ARRAY, MULTISET, MAP or ROW, or leave the column out.");
        };
    }

    private static AttributeConverter map(String where, MapType type) {
        if (!type.getKeyType().is(LogicalTypeRoot.VARCHAR)) {
            throw new ValidationException(
                    "Column '"
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
        return KEY_TYPES.contains(type.getTypeRoot());
    }

    private static final List<LogicalTypeRoot> KEY_TYPES =
            List.of(
                    LogicalTypeRoot.CHAR,
                    LogicalTypeRoot.VARCHAR,
                    LogicalTypeRoot.BINARY,
                    LogicalTypeRoot.VARBINARY,
                    LogicalTypeRoot.TINYINT,
                    LogicalTypeRoot.SMALLINT,
                    LogicalTypeRoot.INTEGER,
                    LogicalTypeRoot.BIGINT,
                    LogicalTypeRoot.DECIMAL);
}
