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
 * @param columns the physical columns, without computed and metadata columns
 * @param key the columns of PRIMARY KEY; empty if none is declared
 * @param paths where columns are read that do not have the name of their attribute
 */
record DeclaredTable(RowType columns, List<String> key, ColumnPaths paths) {

    /** A partition key and an optional sort key. */
    private static final int MOST_KEY_ATTRIBUTES = 2;

    /**
     * Refuses a declaration that cannot work with any table of DynamoDB.
     *
     * @param projection the part of an item that is replicated
     * @throws ValidationException with the cause and the next step
     */
    void check(StartupMode startup, DeclaredChangelog changelog, Projection projection) {
        // The timestamp unit does not change which types convert.
        AttributeConverters converters = new AttributeConverters(TimestampUnit.NONE, ConversionFailureHandler.RETHROW);
        columns.getFields().forEach(column -> converters.of(column.getName(), column.getType()));
        checkKey();
        paths.declared().forEach(this::checkPath);
        checkThatColumnsAreFilled(projection);
        checkThatKeysFit(projection);
        if (!startup.isBounded()) {
            checkThatChangesHaveAKey(startup, changelog);
            checkThatOnlyKeysAreNotNull();
        }
    }

    /** Describes the key columns, for the check against the key of the table in DynamoDB. */
    List<DeclaredKeyColumn> declaredKey() {
        return columns.getFields().stream()
                .filter(column -> key.contains(column.getName()))
                .map(DeclaredTable::keyColumn)
                .toList();
    }

    private static DeclaredKeyColumn keyColumn(RowField column) {
        return new DeclaredKeyColumn(
                column.getName(),
                column.getType().copy(true).asSummaryString(),
                AttributeConverters.keyTypesOf(column.getType()));
    }

    private void checkKey() {
        if (key.size() > MOST_KEY_ATTRIBUTES) {
            throw refused(
                    """
                    PRIMARY KEY %s has %d columns, but a key in DynamoDB has at most two. Declare the table's \
                    partition key, and its sort key if there is one.""",
                    key, key.size());
        }
        for (RowField column : columns.getFields()) {
            if (key.contains(column.getName()) && !AttributeConverters.keepsKeysApart(column.getType())) {
                throw refused(
                        """
                        Key column '%s' has type %s. In this type, different keys of DynamoDB can become equal. \
                        Declare the column as STRING, BYTES, BIGINT or DECIMAL(38, s).""",
                        column.getName(), column.getType().asSummaryString());
            }
        }
    }

    private void checkPath(String column, DocumentPath path) {
        String option = ReplicationOptions.COLUMN_PATH_PREFIX + column;
        if (!columns.getFieldNames().contains(column)) {
            throw refused(
                    """
                    Option '%s' is set, but there is no physical column '%s'. The physical columns are %s. Correct \
                    the name in the option, or remove the option.""",
                    option, column, columns.getFieldNames());
        }
        if (key.contains(column) && !path.equals(DocumentPath.ofAttribute(column))) {
            throw refused(
                    """
                    Key column '%s' is read from '%s'. A key column must be read from the key attribute of its own \
                    name, because a deleted item has only its key attributes. Remove '%s'. To rename the column, \
                    use a view.""",
                    column, path, option);
        }
    }

    /** Checks the projection with the key, because the Scan asks for the key too. */
    private void checkThatKeysFit(Projection projection) {
        try {
            projection.refuseUnfitFor(key);
        } catch (InvalidProjectionException invalid) {
            throw refused(
                    "'%s' cannot be combined with the key %s, which is added to it. %s.",
                    ReplicationOptions.PROJECTION_EXPRESSION.key(), key, invalid.getMessage());
        }
    }

    private void checkThatColumnsAreFilled(Projection projection) {
        for (String column : columns.getFieldNames()) {
            if (!key.contains(column) && !projection.touches(paths.of(column).attribute())) {
                throw refused(
                        """
                        Column '%s' would always be null, because '%s' does not select its attribute. Add the \
                        attribute there, or remove the column.""",
                        column, ReplicationOptions.PROJECTION_EXPRESSION.key());
            }
        }
    }

    /** Requires a key for upserts. Refuses it for appended rows, because the planner relies on a unique key. */
    private void checkThatChangesHaveAKey(StartupMode startup, DeclaredChangelog changelog) {
        boolean appends = changelog == DeclaredChangelog.INSERT_ONLY;
        if (appends && !key.isEmpty()) {
            throw refused(
                    """
                    PRIMARY KEY %s is declared, but with '%s' = 'true' an item has one row for each change, so no \
                    column is unique. Remove PRIMARY KEY.""",
                    key, ReplicationOptions.READ_CHANGELOG_AS_APPEND_ONLY.key());
        }
        if (!appends && key.isEmpty()) {
            throw refused(
                    """
                    With '%s' = '%s' an item can be emitted more than once, so the rows need a key. Add PRIMARY KEY \
                    (...) NOT ENFORCED with the table's partition key, and its sort key if there is one. Or set \
                    '%1$s' = '%3$s'.""",
                    StartupMode.OPTION, startup, StartupMode.SNAPSHOT);
        }
    }

    private void checkThatOnlyKeysAreNotNull() {
        for (RowField column : columns.getFields()) {
            if (!key.contains(column.getName()) && !column.getType().isNullable()) {
                throw refused(
                        """
                        Column '%s' is NOT NULL, but it is not a key column, and the row of a deleted item may \
                        hold only the key. Remove NOT NULL from the column.""",
                        column.getName());
            }
        }
    }

    private static ValidationException refused(String message, Object... facts) {
        return new ValidationException(message.formatted(facts));
    }
}
