/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements for which Flink keeps the table in its state, and those for which it does not. */
class ChangelogPlanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, CAST(total AS BIGINT) FROM orders",
                "SELECT id, CAST(doubled AS BIGINT) FROM orders",
                "SELECT id, CAST(CHAR_LENGTH(note) AS BIGINT) FROM orders",
            })
    void withFullDeletesRowsGoStraightIntoAnUpsertSink(String query) {
        ChangelogPlans.with("full").assertDirect(query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, CAST(total AS BIGINT) FROM orders WHERE total > 10",
                "SELECT note, SUM(CAST(total AS BIGINT)) FROM orders GROUP BY note",
            })
    void whatLooksAtTheRowBeforeNeedsTheOperator(String query) {
        ChangelogPlans.with("full").assertNormalized(query);
    }

    /** Flink keeps the operator because of metadata columns, which have values of their own in a delete. */
    @Test
    void soDoesAMetadataColumnThatIsWritten() {
        ChangelogPlans.with("full").assertNormalized("SELECT id, epoch FROM orders");
    }

    @Test
    void deletesByKeyNeedItInFrontOfASinkThatWantsWholeOnes() {
        ChangelogPlans.with("key").assertNormalized("SELECT id, CAST(total AS BIGINT) FROM orders");
    }

    /** The planner does not know the view type, because the table is described only later. */
    @Test
    void withoutTheOptionDeletesAreFull() {
        ChangelogPlans.with("").assertDirect("SELECT id, CAST(total AS BIGINT) FROM orders");
    }
}
