/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The readers that must be told that a copy is complete: every reader when the copy becomes complete,
 * and after that each new attempt of a reader. So the state need not remember which readers were
 * told: if a message or its reader is lost, the next attempt is told again.
 */
final class EpochEnds {

    private final Map<String, TableRules> rules;

    EpochEnds(Map<String, TableRules> rules) {
        this.rules = rules;
    }

    /**
     * Returns the messages to readers about copies that are complete.
     *
     * @param event the event that led from one state to the other
     */
    List<SendEpochEnded> toTell(ProtocolState before, ProtocolState after, ProtocolEvent event) {
        List<SendEpochEnded> told = new ArrayList<>();
        Collection<Integer> open = after.readers().open();
        for (TableState table : after.tables().values()) {
            if (isComplete(after, table)) {
                boolean known = isComplete(before, before.tables().get(table.table()));
                open.stream()
                        .filter(subtask -> !known || event.isReportOf(subtask))
                        .map(subtask -> end(subtask, table))
                        .forEach(told::add);
            }
        }
        return told;
    }

    private static SendEpochEnded end(int subtask, TableState table) {
        return new SendEpochEnded(
                subtask, table.table(), table.epoch(), table.stream().anchorTime());
    }

    private boolean isComplete(ProtocolState job, TableState table) {
        return table.start().scans()
                && switch (table.phase()) {
                    case STREAMING, RESTING -> isSafe(table);
                    // After every table is done, readers finish and can no longer be told.
                    case DONE -> isSafe(table) || job.isOver();
                    case WITHDRAWING, DESCRIBING -> isFollowedByScheduledOne(table);
                    case ANCHORING, SETTLING, SCANNING, VERIFYING, FENCED -> false;
                };
    }

    /**
     * Returns whether the last copy was complete and the next one has not begun. If the next copy is due
     * immediately, a reader that fails returns to a checkpoint before it was told, so it is told
     * again. After a copy that was given up because of a gap, the stream view is empty.
     */
    private static boolean isFollowedByScheduledOne(TableState table) {
        return table.start() == StartupMode.FULL_TABLE && !table.stream().equals(StreamView.EMPTY);
    }

    /** Returns whether every row of the copy is past the operators downstream, or the user does not wait for it. */
    private boolean isSafe(TableState table) {
        return rules.get(table.table()).handOver() == HandOver.IMMEDIATE
                || table.splits().everySegmentCovered();
    }
}
