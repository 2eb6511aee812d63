/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The target of the replication: a table in a Derby database in this process's memory. */
final class Replica implements AutoCloseable {

    static final String URL = "jdbc:derby:memory:replica";

    private static final List<String> COMPARED = List.of(
            "status",
            "total",
            "gift",
            "city",
            "country",
            "line_count",
            "first_sku",
            "first_line_amount",
            "tags",
            "updated_at");

    private final Connection database;

    private Replica(Connection database) {
        this.database = database;
    }

    static Replica create() throws SQLException {
        Connection database = DriverManager.getConnection(URL + ";create=true");
        // Reading the replica must not block the sink.
        database.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        try (Statement statement = database.createStatement()) {
            statement.executeUpdate(
                    """
                    CREATE TABLE replica (
                        customer_id VARCHAR(40) NOT NULL,
                        order_id VARCHAR(40) NOT NULL,
                        status VARCHAR(20),
                        total DECIMAL(12, 2),
                        gift BOOLEAN,
                        city VARCHAR(80),
                        country VARCHAR(2),
                        line_count INTEGER,
                        first_sku VARCHAR(40),
                        first_line_amount DECIMAL(12, 2),
                        tags VARCHAR(200),
                        updated_at BIGINT,
                        last_operation VARCHAR(10),
                        PRIMARY KEY (customer_id, order_id)
                    )
                    """);
        }
        return new Replica(database);
    }

    /**
     * Counts the rows by the operation that wrote them last: READ is the Scan, all others are the
     * stream.
     */
    Map<String, Long> rowsByOperation() throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT last_operation, COUNT(*) FROM replica GROUP BY last_operation")) {
            while (result.next()) {
                rows.put(result.getString(1), result.getLong(2));
            }
        }
        return rows;
    }

    /**
     * Returns the time at which the newest change in the replica was written to DynamoDB, in
     * milliseconds since 1970; 0 if there is none.
     */
    long newestChange() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT MAX(updated_at) FROM replica WHERE last_operation <> 'READ'")) {
            result.next();
            return result.getLong(1);
        }
    }

    Map<OrderKey, OrderRow> rows() throws SQLException {
        Map<OrderKey, OrderRow> rows = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM replica")) {
            while (result.next()) {
                OrderKey key = new OrderKey(result.getString("customer_id"), result.getString("order_id"));
                Map<String, Object> columns = new LinkedHashMap<>();
                for (String column : COMPARED) {
                    columns.put(column, result.getObject(column));
                }
                rows.put(key, new OrderRow(key, columns));
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
