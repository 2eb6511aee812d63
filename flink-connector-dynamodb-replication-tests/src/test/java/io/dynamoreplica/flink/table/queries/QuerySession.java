/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.types.DataType;

/** A session in which one case is planned or run. */
final class QuerySession {

    private static final String ORDERS =
            """
            CREATE TABLE orders (
              customer_id STRING,
              order_id    BIGINT,
              status      STRING,
              total       DECIMAL(10, 2),
              city        STRING,
              doubled     AS total * 2,
              changed_at  TIMESTAMP_LTZ(3) METADATA FROM 'event-time' VIRTUAL,
              operation   STRING METADATA VIRTUAL,
              epoch       BIGINT METADATA VIRTUAL,
              seq         STRING METADATA FROM 'sequence-number' VIRTUAL,
              item        STRING METADATA VIRTUAL,
              PRIMARY KEY (customer_id, order_id) NOT ENFORCED
            ) WITH (%s, 'attribute.city' = 'address.city')""";

    private static final String CUSTOMERS =
            """
            CREATE TABLE customers (
              id      STRING,
              tier    STRING,
              scanned BOOLEAN METADATA FROM 'snapshot' VIRTUAL,
              PRIMARY KEY (id) NOT ENFORCED
            ) WITH (%s)""";

    private final TableEnvironment tables;
    private final QueryCase queries;

    /** The names of the sinks in {@link KeptRows}, and their expected rows. */
    private final Map<String, List<String>> expected = new LinkedHashMap<>();

    private QuerySession(TableEnvironment tables, QueryCase queries) {
        this.tables = tables;
        this.queries = queries;
    }

    /**
     * Declares the tables, and the additional tables and views of the case.
     *
     * @param tables new, in the mode of the variant
     * @param ordersName the table of orders in DynamoDB
     * @param customersName the table of customers in DynamoDB
     * @param aws the {@code aws.*} options with which it is reached
     */
    static QuerySession in(
            TableEnvironment tables,
            QueryCase queries,
            Variant variant,
            Map<String, String> aws,
            String ordersName,
            String customersName) {
        variant.session().forEach(tables.getConfig()::set);
        queries.session().forEach(tables.getConfig()::set);
        Map<String, String> options = new HashMap<>(aws);
        options.put("connector", "dynamodb-replication");
        options.put("scan.startup.mode", variant.startupMode());
        options.put("scan.stream.poll-interval", "100 ms");
        options.put("scan.snapshot.total-segments", "2");
        tables.executeSql(ORDERS.formatted(text(options, ordersName)));
        tables.executeSql(CUSTOMERS.formatted(text(options, customersName)));
        queries.statements().forEach(tables::executeSql);
        return new QuerySession(tables, queries);
    }

    private static String text(Map<String, String> options, String table) {
        Map<String, String> all = new HashMap<>(options);
        all.put("table-name", table);
        return all.entrySet().stream()
                .map(option -> "'%s' = '%s'".formatted(option.getKey(), option.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Adds all queries of the case, each with its own sink. */
    StatementSet statements() {
        StatementSet all = tables.createStatementSet();
        for (QueryCase.Output output : queries.outputs()) {
            String id = UUID.randomUUID().toString();
            Table table = tables.sqlQuery(output.query());
            all.add(table.insertInto(TableDescriptor.forConnector(KeptRowsFactory.IDENTIFIER)
                    .schema(schema(table, output.key()))
                    .option(KeptRowsFactory.ID, id)
                    .build()));
            expected.put(id, output.rows());
        }
        return all;
    }

    private static Schema schema(Table table, List<String> key) {
        Schema.Builder schema = Schema.newBuilder();
        for (Column column : table.getResolvedSchema().getColumns()) {
            DataType type = column.getDataType();
            schema.column(column.getName(), key.contains(column.getName()) ? type.notNull() : type);
        }
        if (!key.isEmpty()) {
            schema.primaryKey(key);
        }
        return schema.build();
    }

    /** Returns the expected rows, by the names of the sinks. */
    Map<String, List<String>> expected() {
        return expected;
    }
}
