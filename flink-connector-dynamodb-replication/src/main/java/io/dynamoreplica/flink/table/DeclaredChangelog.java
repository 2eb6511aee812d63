/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.config.ChangelogConfig;
import io.dynamoreplica.flink.config.ChangelogDeletes;
import io.dynamoreplica.flink.policy.StartupMode;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.RowKind;

/** The kinds of rows that a table source declares to the planner and then produces. */
enum DeclaredChangelog {
    /**
     * Every row is an INSERT, because the table is copied once, or because the user asked for an
     * append-only table.
     */
    INSERT_ONLY(RowKind.INSERT, RowKind.INSERT),

    /** An upsert stream. A DELETE holds the item as it was before. */
    FULL_DELETES(RowKind.UPDATE_AFTER, RowKind.DELETE),

    /** An upsert stream. A DELETE holds only the key. */
    KEY_DELETES(RowKind.UPDATE_AFTER, RowKind.DELETE);

    private final RowKind ofImages;
    private final RowKind ofDeletes;

    DeclaredChangelog(RowKind ofImages, RowKind ofDeletes) {
        this.ofImages = ofImages;
        this.ofDeletes = ofDeletes;
    }

    static DeclaredChangelog of(StartupMode startup, ChangelogConfig config) {
        if (startup.isBounded() || config.appendOnly()) {
            return INSERT_ONLY;
        }
        return config.deletes() == ChangelogDeletes.FULL ? FULL_DELETES : KEY_DELETES;
    }

    /**
     * Returns the mode for the planner. The mode with full deletes is built step by step: since Flink 2.1,
     * {@link ChangelogMode#upsert} declares deletes by key, and the method that declares full deletes does
     * not exist in Flink 1.20.
     */
    ChangelogMode mode() {
        return switch (this) {
            case INSERT_ONLY -> ChangelogMode.insertOnly();
            case KEY_DELETES -> ChangelogMode.upsert();
            case FULL_DELETES ->
                ChangelogMode.newBuilder()
                        .addContainedKind(RowKind.INSERT)
                        .addContainedKind(RowKind.UPDATE_AFTER)
                        .addContainedKind(RowKind.DELETE)
                        .build();
        };
    }

    /**
     * Returns the kind of the row of an image. In an upsert stream it is UPDATE_AFTER even for a new item,
     * because a new copy, or a stream that repeats scanned items, emits the same key again.
     */
    RowKind kindOfImages() {
        return ofImages;
    }

    RowKind kindOfDeletes() {
        return ofDeletes;
    }

    /** Returns whether rows of kind DELETE are emitted. */
    boolean hasDeletes() {
        return ofDeletes == RowKind.DELETE;
    }

    /** Returns whether the row of a deleted item holds the item as it was before, if the stream has that image. */
    boolean holdsDeletedItems() {
        return this != KEY_DELETES;
    }

    /** Returns whether a stream without old images is refused. */
    boolean needsOldImages() {
        return this == FULL_DELETES;
    }
}
