/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster.job;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * A function that writes each event immediately, by key, so that a repeated event changes nothing.
 * It has no buffer, so there is nothing to flush at a checkpoint.
 */
final class ReplicaWriter extends RichFlatMapFunction<ChangeEvent, Void> {

    private static final long serialVersionUID = 1L;

    private static final String UPDATE =
            """
            UPDATE replica SET status = ?, total = ?, gift = ?, city = ?, version = ?, epoch = ? \
            WHERE customer = ? AND number = ?""";
    private static final String INSERT =
            """
            INSERT INTO replica (status, total, gift, city, version, epoch, customer, number) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String DELETE = "DELETE FROM replica WHERE customer = ? AND number = ?";

    private final String url;

    private transient Connection connection;
    private transient PreparedStatement update;
    private transient PreparedStatement insert;
    private transient PreparedStatement delete;

    ReplicaWriter(String url) {
        this.url = url;
    }

    @Override
    public void open(OpenContext context) throws SQLException {
        connection = DriverManager.getConnection(url);
        update = connection.prepareStatement(UPDATE);
        insert = connection.prepareStatement(INSERT);
        delete = connection.prepareStatement(DELETE);
    }

    @Override
    public void flatMap(ChangeEvent event, Collector<Void> out) throws SQLException {
        Map<String, AttributeValue> key = event.keys().materialise();
        if (event.after() == null) {
            setKey(delete, 1, key);
            delete.executeUpdate();
            return;
        }
        Map<String, AttributeValue> item = event.after().materialise();
        setRow(update, item, event.epoch());
        if (update.executeUpdate() == 0) {
            setRow(insert, item, event.epoch());
            insert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    private static void setRow(PreparedStatement statement, Map<String, AttributeValue> item, long epoch)
            throws SQLException {
        statement.setString(1, text(item.get("status")));
        statement.setBigDecimal(2, number(item.get("total")));
        statement.setBoolean(3, ((AttributeValue.Bool) item.get("gift")).value());
        statement.setString(4, city(item.get("address")));
        statement.setLong(5, number(item.get("version")).longValueExact());
        statement.setLong(6, epoch);
        setKey(statement, 7, item);
    }

    private static void setKey(PreparedStatement statement, int position, Map<String, AttributeValue> key)
            throws SQLException {
        statement.setString(position, text(key.get("customer")));
        statement.setLong(position + 1, number(key.get("number")).longValueExact());
    }

    private static String text(AttributeValue value) {
        return value == null ? null : ((AttributeValue.S) value).value();
    }

    private static String city(AttributeValue address) {
        return address == null
                ? null
                : text(((AttributeValue.M) address).entries().get("city"));
    }

    private static BigDecimal number(AttributeValue value) {
        return new BigDecimal(((AttributeValue.N) value).digits());
    }
}
