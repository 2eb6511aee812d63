/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.table.TypesPage.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.types.logical.LogicalType;

/** The pairs of each value in docs/types.md with each type of its row. */
final class TypesPageCells {

    private static final String NESTED_NOT_NULL = "in CREATE TABLE the fields of a row that may be null may be null";

    private static final boolean IS_OLDEST_FLINK =
            EnvironmentInformation.getVersion().startsWith("1.20");

    /** Values for which the page is not true, for reasons outside the converters. */
    private static final List<LeftOut> LEFT_OUT = List.of(
            new LeftOut(
                    "{\"S\": \"10:15:30.5\"}",
                    List.of("TIME(3)"),
                    "in CREATE TABLE every TIME is a TIME(0)",
                    IS_OLDEST_FLINK),
            new LeftOut(
                    "{\"N\": \"1E-130\"}",
                    List.of("VARCHAR(2147483647)", "VARCHAR(6)", "CHAR(6)"),
                    "DynamoDB Local writes all of its zeros",
                    true),
            new LeftOut(
                    "{\"NS\": [\"1.50\"]}",
                    List.of("VARCHAR(2147483647)", "VARCHAR(6)", "CHAR(6)"),
                    "DynamoDB Local leaves out the last zero",
                    true),
            new LeftOut("{\"M\": {}}", List.of("ROW<`a` INT NOT NULL>"), NESTED_NOT_NULL, IS_OLDEST_FLINK),
            new LeftOut(
                    "{\"M\": {\"a\": {\"NULL\": true}}}",
                    List.of("ROW<`a` INT NOT NULL>"),
                    NESTED_NOT_NULL,
                    IS_OLDEST_FLINK));

    /**
     * @param here whether the reason exists in this version of Flink
     */
    private record LeftOut(String value, List<String> types, String why, boolean here) {
        boolean is(Cell cell) {
            return value.equals(cell.value()) && types.contains(cell.type());
        }
    }

    /**
     * @param number a number that no other cell has
     * @param fits whether the value converts; if not, the row says that it fails
     */
    record Cell(int number, Row row, LogicalType sql, String value, boolean fits) {

        String column() {
            return "c" + number;
        }

        String type() {
            return sql.asSerializableString();
        }

        AttributeValue attribute() {
            return TypesPage.attribute(value);
        }

        String becomes() {
            return row.outcome().becomes();
        }

        Map<String, String> options() {
            return row.options();
        }

        boolean mayBeNull() {
            return sql.isNullable();
        }

        boolean isLeftOut() {
            return LEFT_OUT.stream().anyMatch(each -> each.here() && each.is(this));
        }

        @Override
        public String toString() {
            return value + " as " + type() + " " + options();
        }
    }

    /** Returns every cell, including those that are left out. */
    static List<Cell> all() throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (Row row : TypesPage.rows()) {
            for (LogicalType type : row.types()) {
                for (String value : row.values()) {
                    cells.add(new Cell(cells.size(), row, type, value, true));
                }
                for (String value : row.outcome().misfits()) {
                    cells.add(new Cell(cells.size(), row, type, value, false));
                }
            }
        }
        for (LeftOut each : LEFT_OUT) {
            if (cells.stream().filter(each::is).count() != each.types().size()) {
                throw new IllegalStateException("The page has no " + each);
            }
        }
        return cells;
    }

    private TypesPageCells() {}
}
