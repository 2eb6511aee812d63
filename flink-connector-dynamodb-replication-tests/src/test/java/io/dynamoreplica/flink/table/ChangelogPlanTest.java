/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements need the table in Flink's state, and which do not. */
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

    /** Flink keeps the operator for the sake of metadata, which a delete has of its own. */
    @Test
    void soDoesAMetadataColumnThatIsWritten() {
        ChangelogPlans.with("full").assertNormalized("SELECT id, epoch FROM orders");
    }

    @Test
    void deletesByKeyNeedItInFrontOfASinkThatWantsWholeOnes() {
        ChangelogPlans.with("key").assertNormalized("SELECT id, CAST(total AS BIGINT) FROM orders");
    }

    /** The table in DynamoDB is asked later, so the planner does not know its view type. */
    @Test
    void withoutTheOptionDeletesAreFull() {
        ChangelogPlans.with("").assertDirect("SELECT id, CAST(total AS BIGINT) FROM orders");
    }
}
