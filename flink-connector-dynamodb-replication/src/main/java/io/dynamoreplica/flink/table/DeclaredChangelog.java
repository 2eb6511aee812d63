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

/** The kinds of rows that a table source declares to the planner, and then produces. */
enum DeclaredChangelog {
    /**
     * Every row is an INSERT: because nothing but a Scan is read, or because the user wants changes
     * so.
     */
    INSERT_ONLY(RowKind.INSERT, RowKind.INSERT),

    /** An upsert stream whose DELETE holds the item as it was before. */
    FULL_DELETES(RowKind.UPDATE_AFTER, RowKind.DELETE),

    /** An upsert stream whose DELETE holds the key alone. */
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
     * What the planner is told. The mode with full deletes is put together by hand: {@link
     * ChangelogMode#upsert} declares deletes by key since Flink 2.1, and the method that says so is
     * not in Flink 1.20.
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
     * An image is an UPDATE_AFTER in an upsert stream even if the item is new: a new copy, or a
     * stream that repeats what was scanned, brings the same key again.
     */
    RowKind kindOfImages() {
        return ofImages;
    }

    RowKind kindOfDeletes() {
        return ofDeletes;
    }

    /** Whether an operator that looks at deletes can stand behind the source. */
    boolean hasDeletes() {
        return ofDeletes == RowKind.DELETE;
    }

    /** Whether the row of a deleted item holds the item as it was before, if the stream says it. */
    boolean holdsDeletedItems() {
        return this != KEY_DELETES;
    }

    /** Whether a stream without old images is refused. */
    boolean needsOldImages() {
        return this == FULL_DELETES;
    }
}
