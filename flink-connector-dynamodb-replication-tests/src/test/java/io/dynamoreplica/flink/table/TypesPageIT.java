/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.service.aws.SdkItems;
import io.dynamoreplica.flink.table.TypesPageCells.Cell;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.LocalTable;
import io.dynamoreplica.flink.testing.job.SeenMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rows of docs/types.md, read by SQL from DynamoDB Local. Each pair of a value and a type is a column,
 * and all values are attributes of one item. A value that is left out is in an item of its own.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TypesPageIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final String TABLE = "page";
    private static final String REFUSING = "refusing";
    private static final String ITEM = "all that is as the page says";

    private static List<Cell> cells;

    @BeforeAll
    static void fill() throws Exception {
        cells = TypesPageCells.all();
        LocalTable.create(DYNAMODB.tables(), TABLE).enableStream();
        LocalTable.create(DYNAMODB.tables(), REFUSING);
        Map<String, AttributeValue> item = new HashMap<>();
        for (Cell cell : cells) {
            if (cell.isLeftOut()) {
                put(TABLE, cell.column(), Map.of(cell.column(), cell.attribute()));
            } else if (cell.mayBeNull()) {
                item.put(cell.column(), cell.attribute());
            }
        }
        put(TABLE, ITEM, item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "earliest-offset"})
    void whatThePageSaysArrives(String mode) throws Exception {
        String job = "types-by-" + mode;
        Map<String, Row> rows = read(job, mode);

        SoftAssertions softly = new SoftAssertions();
        long errors = 0;
        for (Cell cell : cells) {
            String text = text(rows, cell);
            if (cell.isLeftOut()) {
                softly.assertThat(text)
                        .as("left out in vain: %s", cell)
                        .isNotEqualTo(cell.fits() ? cell.becomes() : "NULL");
                errors += text.equals("NULL") ? 1 : 0;
            } else if (cell.fits()) {
                softly.assertThat(text).as("%s", cell).isEqualTo(cell.becomes());
            } else if (cell.mayBeNull()) {
                softly.assertThat(text).as("%s", cell).contains("NULL");
                errors++;
            }
        }
        softly.assertThat(SeenMetrics.sum(job, "conversionErrors")).isEqualTo(errors);
        softly.assertAll();
    }

    private static String text(Map<String, Row> rows, Cell cell) {
        Row row = rows.get(cell.isLeftOut() ? cell.column() : ITEM);
        return cell.mayBeNull() ? SqlText.ofExternal(row.getField(cell.column())) : "";
    }

    @Test
    void aNullFailsTheJobWhereThePageSaysThatItAlwaysDoes() {
        for (Cell cell : cells) {
            if (!cell.mayBeNull()) {
                put(REFUSING, "null", Map.of("a", cell.attribute()));
                TableEnvironment tables = environment("types-not-null");
                declare(
                        tables,
                        "refusing",
                        "id STRING, a " + cell.type(),
                        Map.of("table-name", REFUSING, "scan.startup.mode", "snapshot"));
                assertThatThrownBy(() -> firstRows(tables, "SELECT * FROM refusing", 1))
                        .hasStackTraceContaining("Attribute 'a' is NULL, but declared " + cell.type());
            }
        }
    }

    /** Reads items by id in one job. Options belong to a table, so there is one table for each set of options. */
    private static Map<String, Row> read(String job, String mode) throws Exception {
        TableEnvironment tables = environment(job);
        Map<Map<String, String>, List<Cell>> byOptions =
                cells.stream().filter(Cell::mayBeNull).collect(Collectors.groupingBy(Cell::options));
        List<String> names = new ArrayList<>();
        for (Map.Entry<Map<String, String>, List<Cell>> group : byOptions.entrySet()) {
            String columns = group.getValue().stream()
                    .map(cell -> ", " + cell.column() + " " + cell.type())
                    .collect(Collectors.joining());
            String name = "part" + names.size();
            Map<String, String> options = new HashMap<>(group.getKey());
            options.put("table-name", TABLE);
            options.put("scan.startup.mode", mode);
            options.put("scan.conversion.on-error", "null");
            declare(tables, name, "id STRING" + columns + ", PRIMARY KEY (id) NOT ENFORCED", options);
            names.add(name);
        }
        String others = names.stream()
                .skip(1)
                .map(name -> " JOIN " + name + " ON part0.id = " + name + ".id")
                .collect(Collectors.joining());
        int leftOut = (int) cells.stream().filter(Cell::isLeftOut).count();
        Map<String, Row> rows = new HashMap<>();
        for (Row row : firstRows(tables, "SELECT * FROM part0" + others, 1 + leftOut)) {
            rows.put((String) row.getField("id"), row);
        }
        return rows;
    }

    private static List<Row> firstRows(TableEnvironment tables, String query, int number) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result = tables.executeSql(query).collect()) {
            while (rows.size() < number) {
                rows.add(result.next());
            }
        }
        return rows;
    }

    private static TableEnvironment environment(String job) {
        Configuration configuration = new Configuration();
        SeenMetrics.configure(configuration);
        configuration.setString("pipeline.name", job);
        configuration.setString("parallelism.default", "1");
        configuration.setString("execution.checkpointing.interval", "200 ms");
        return TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
    }

    private static void declare(TableEnvironment tables, String name, String columns, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.putAll(DYNAMODB.awsOptions());
        options.put("connector", "dynamodb-replication");
        String with = options.entrySet().stream()
                .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
        tables.executeSql("CREATE TABLE " + name + " (" + columns + ") WITH (" + with + ")");
    }

    private static void put(String table, String id, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new HashMap<>(attributes);
        item.put("id", new S(id));
        DYNAMODB.tables().putItem(put -> put.tableName(table).item(SdkItems.entries(item)));
    }
}
