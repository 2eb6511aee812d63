/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationOptions;
import io.dynamoreplica.flink.config.TimestampUnit;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.DocumentPath;
import io.dynamoreplica.flink.projection.InvalidProjectionException;
import io.dynamoreplica.flink.projection.Projection;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.RowType.RowField;

/**
 * A table as CREATE TABLE declares it.
 *
 * @param name of the table in the catalog, for errors
 * @param columns physical columns: neither computed nor metadata
 * @param key columns of PRIMARY KEY; empty if there is none
 * @param paths of the columns that are not attributes of their own names
 */
record DeclaredTable(String name, RowType columns, List<String> key, ColumnPaths paths) {

    /** A partition key, and a sort key perhaps. */
    private static final int MOST_KEY_ATTRIBUTES = 2;

    /**
     * Refuses what cannot work whatever the table in DynamoDB looks like.
     *
     * @param projection what is replicated of an item
     * @throws ValidationException with the cause and the cure
     */
    void check(StartupMode startup, DeclaredChangelog changelog, Projection projection) {
        // Which types convert does not hang on what a number stands for.
        AttributeConverters converters = new AttributeConverters(TimestampUnit.NONE, ConversionFailureHandler.RETHROW);
        columns.getFields().forEach(column -> converters.of(column.getName(), column.getType()));
        checkKey();
        checkPaths();
        checkThatColumnsAreFilled(projection);
        checkThatKeysFit(projection);
        if (!startup.isBounded()) {
            checkThatChangesHaveAKey(startup, changelog);
            checkThatDeletesCanBeTold();
        }
    }

    /** For those who know the table's own key. */
    List<DeclaredKeyColumn> declaredKey() {
        return columns.getFields().stream()
                .filter(column -> key.contains(column.getName()))
                .map(column -> new DeclaredKeyColumn(
                        column.getName(),
                        column.getType().copy(true).asSummaryString(),
                        AttributeConverters.keyTypesOf(column.getType())))
                .toList();
    }

    private void checkKey() {
        if (key.size() > MOST_KEY_ATTRIBUTES) {
            throw refused("PRIMARY KEY "
                    + key
                    + " has more columns than a key in DynamoDB. It must be the table's partition key, and its"
                    + " sort key if there is one.");
        }
        for (RowField column : columns.getFields()) {
            if (key.contains(column.getName()) && !AttributeConverters.keepsKeysApart(column.getType())) {
                throw refused("key column '"
                        + column.getName()
                        + "' has type "
                        + column.getType().asSummaryString()
                        + ", in which different keys can be equal. Declare it as STRING, BYTES, BIGINT or"
                        + " DECIMAL(38, s).");
            }
        }
    }

    private void checkPaths() {
        paths.declared().forEach((column, path) -> {
            if (!columns.getFieldNames().contains(column)) {
                throw refused("'"
                        + ReplicationOptions.COLUMN_PATH_PREFIX
                        + column
                        + "' is set, but there is no physical column '"
                        + column
                        + "'. There are "
                        + columns.getFieldNames()
                        + ".");
            }
            if (key.contains(column) && !path.equals(DocumentPath.ofAttribute(column))) {
                throw refused("key column '"
                        + column
                        + "' is read from '"
                        + path
                        + "', but a key column is the key attribute of its own name, which is all that"
                        + " a deleted item has. Remove '"
                        + ReplicationOptions.COLUMN_PATH_PREFIX
                        + column
                        + "'; a view can rename the column.");
            }
        });
    }

    /** The Scan asks for the key too. */
    private void checkThatKeysFit(Projection projection) {
        try {
            projection.refuseUnfitFor(key);
        } catch (InvalidProjectionException unfit) {
            throw refused("'"
                    + ReplicationOptions.PROJECTION_EXPRESSION.key()
                    + "' does not go with the key "
                    + key
                    + ", which is added to it. "
                    + unfit.getMessage()
                    + ".");
        }
    }

    private void checkThatColumnsAreFilled(Projection projection) {
        for (String column : columns.getFieldNames()) {
            if (!key.contains(column) && !projection.touches(paths.of(column).attribute())) {
                throw refused("column '"
                        + column
                        + "' would always be null: '"
                        + ReplicationOptions.PROJECTION_EXPRESSION.key()
                        + "' takes nothing of the attribute. Add it there, or remove the column.");
            }
        }
    }

    /** The planner takes a primary key for unique, so rows that are appended must not have one. */
    private void checkThatChangesHaveAKey(StartupMode startup, DeclaredChangelog changelog) {
        if (changelog == DeclaredChangelog.INSERT_ONLY) {
            if (!key.isEmpty()) {
                throw refused(
                        "PRIMARY KEY "
                                + key
                                + " is declared, but with '"
                                + ReplicationOptions.READ_CHANGELOG_AS_APPEND_ONLY.key()
                                + "' an item has a row for each of its changes, so that no column is unique. Remove PRIMARY KEY.");
            }
        } else if (key.isEmpty()) {
            throw refused("'scan.startup.mode' = '"
                    + startup
                    + "' reads changes, and changes need a key. Add PRIMARY KEY (...) NOT ENFORCED with the"
                    + " table's partition key, and its sort key if there is one; or use 'snapshot'.");
        }
    }

    private void checkThatDeletesCanBeTold() {
        for (RowField column : columns.getFields()) {
            if (!key.contains(column.getName()) && !column.getType().isNullable()) {
                throw refused("column '"
                        + column.getName()
                        + "' is NOT NULL but no key column, and a deleted item can come as its key alone. Remove"
                        + " NOT NULL, which DynamoDB does not enforce either.");
            }
        }
    }

    private ValidationException refused(String why) {
        return new ValidationException("Table " + name + ": " + why);
    }
}
