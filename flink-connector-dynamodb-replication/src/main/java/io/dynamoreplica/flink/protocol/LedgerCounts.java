/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.SplitStatus.Assigned;
import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import io.dynamoreplica.flink.protocol.SplitStatus.Unassigned;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;

/** The number of splits in each status, so that a question about them need not read all entries. */
record LedgerCounts(OfKind segments, OfKind shards) {

    static final LedgerCounts NONE = new LedgerCounts(OfKind.NONE, OfKind.NONE);

    /**
     * The numbers for one kind of split.
     *
     * @param unassigned splits that wait for a reader
     * @param assigned splits that a reader has, whether the reader is known or not
     * @param uncovered splits that have ended, but whose end is in no completed checkpoint
     * @param covered splits whose end is in a completed checkpoint
     */
    record OfKind(int unassigned, int assigned, int uncovered, int covered) {

        private static final OfKind NONE = new OfKind(0, 0, 0, 0);

        private OfKind and(SplitStatus status) {
            if (status instanceof Unassigned) {
                return new OfKind(unassigned + 1, assigned, uncovered, covered);
            } else if (status instanceof Assigned) {
                return new OfKind(unassigned, assigned + 1, uncovered, covered);
            } else if (status instanceof Ended) {
                return status.isCovered()
                        ? new OfKind(unassigned, assigned, uncovered, covered + 1)
                        : new OfKind(unassigned, assigned, uncovered + 1, covered);
            }
            throw new IllegalStateException("The status %s is not counted".formatted(status));
        }

        private OfKind plus(OfKind more) {
            return new OfKind(
                    unassigned + more.unassigned,
                    assigned + more.assigned,
                    uncovered + more.uncovered,
                    covered + more.covered);
        }

        int all() {
            return unassigned + assigned + ended();
        }

        int ended() {
            return uncovered + covered;
        }

        boolean haveEnded() {
            return unassigned + assigned == 0;
        }

        boolean areCovered() {
            return haveEnded() && uncovered == 0;
        }
    }

    static LedgerCounts of(List<SplitEntry> entries) {
        OfKind segments = OfKind.NONE;
        OfKind shards = OfKind.NONE;
        for (SplitEntry entry : entries) {
            if (entry.split() instanceof ScanSplit) {
                segments = segments.and(entry.status());
            } else if (entry.split() instanceof ShardSplit) {
                shards = shards.and(entry.status());
            } else {
                throw new IllegalStateException("The split %s is not counted".formatted(entry.split()));
            }
        }
        return new LedgerCounts(segments, shards);
    }

    LedgerCounts plus(LedgerCounts more) {
        return new LedgerCounts(segments.plus(more.segments), shards.plus(more.shards));
    }

    int unassigned() {
        return segments.unassigned + shards.unassigned;
    }

    boolean someAssigned() {
        return segments.assigned + shards.assigned > 0;
    }

    boolean someUncovered() {
        return segments.uncovered + shards.uncovered > 0;
    }
}
