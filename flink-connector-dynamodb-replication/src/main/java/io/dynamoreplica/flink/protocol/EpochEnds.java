/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.ProtocolAction.AnnounceEnd;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Who is to be told that a copy is complete: every reader when it becomes so, and from then on each
 * reader that begins another attempt. So nothing has to be remembered of who was told: whatever
 * becomes of a message or of its reader, an attempt that goes on has been told.
 */
final class EpochEnds {

    private final Map<String, TableRules> rules;

    EpochEnds(Map<String, TableRules> rules) {
        this.rules = rules;
    }

    /**
     * @param event what led from one state to the other
     */
    List<AnnounceEnd> toTell(ProtocolState before, ProtocolState after, ProtocolEvent event) {
        List<AnnounceEnd> told = new ArrayList<>();
        Collection<Integer> open = after.readers().open();
        for (TableState table : after.tables().values()) {
            if (isComplete(after, table)) {
                boolean known = isComplete(before, before.tables().get(table.table()));
                open.stream()
                        .filter(subtask -> !known || isFirstWordOf(subtask, event))
                        .map(subtask -> end(subtask, table))
                        .forEach(told::add);
            }
        }
        return told;
    }

    private static boolean isFirstWordOf(int subtask, ProtocolEvent event) {
        return event instanceof ReaderReported reported && reported.subtask() == subtask;
    }

    private static AnnounceEnd end(int subtask, TableState table) {
        return new AnnounceEnd(
                subtask, table.table(), table.epoch(), table.stream().anchor());
    }

    private boolean isComplete(ProtocolState job, TableState table) {
        return table.start().scans()
                && switch (table.phase()) {
                    case STREAMING, RESTING -> isSafe(table);
                    // Once every table is done, readers finish: it is then or never.
                    case DONE -> isSafe(table) || job.isOver();
                    case WITHDRAWING, DESCRIBING -> isFollowedByScheduledOne(table);
                    case ANCHORING, SETTLING, SCANNING, VERIFYING, FENCED -> false;
                };
    }

    /**
     * Whether a complete copy is left for the next one, which has not begun. On a schedule that is
     * always late that comes at once, and readers that fail then go back to before they were told.
     * A copy that was given up has left nothing behind.
     */
    private static boolean isFollowedByScheduledOne(TableState table) {
        return table.start() == StartupMode.FULL_TABLE && !table.stream().equals(StreamView.EMPTY);
    }

    /** Whether rows can no longer be on their way, unless the user does not mind. */
    private boolean isSafe(TableState table) {
        return rules.get(table.table()).handOver() == HandOver.IMMEDIATE
                || table.splits().everySegmentCovered();
    }
}
