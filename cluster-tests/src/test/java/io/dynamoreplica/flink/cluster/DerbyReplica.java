/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table {@code replica} in Derby, which a job writes. */
final class DerbyReplica implements AutoCloseable {

    private final Connection connection;

    /** Creates the table, empty. */
    DerbyReplica(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
        // Reads of the test must not wait for the locks of the job's transactions, nor delay the
        // job.
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        update(
                """
                CREATE TABLE replica (
                    customer VARCHAR(30) NOT NULL,
                    number BIGINT NOT NULL,
                    status VARCHAR(10),
                    total DECIMAL(12, 2),
                    gift BOOLEAN,
                    city VARCHAR(30),
                    version BIGINT,
                    epoch BIGINT,
                    PRIMARY KEY (customer, number)
                )
                """);
    }

    int size() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM replica")) {
            result.next();
            return result.getInt(1);
        }
    }

    boolean holds(Order.Key key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT number FROM replica WHERE customer = ? AND number = ?")) {
            statement.setString(1, key.customer());
            statement.setLong(2, key.number());
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    Map<Order.Key, Order> contents() throws SQLException {
        Map<Order.Key, Order> contents = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM replica")) {
            while (row.next()) {
                Order order = new Order(
                        row.getString("customer"),
                        row.getLong("number"),
                        row.getString("status"),
                        row.getBigDecimal("total"),
                        row.getBoolean("gift"),
                        row.getString("city"),
                        row.getLong("version"));
                contents.put(order.key(), order);
            }
        }
        return contents;
    }

    /** Returns the numbers of the copies that the rows come from, for rows that contain them. */
    Set<Long> epochs() throws SQLException {
        Set<Long> epochs = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DISTINCT epoch FROM replica WHERE epoch IS NOT NULL")) {
            while (row.next()) {
                epochs.add(row.getLong(1));
            }
        }
        return epochs;
    }

    /** Updates the table without the job. */
    void update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
