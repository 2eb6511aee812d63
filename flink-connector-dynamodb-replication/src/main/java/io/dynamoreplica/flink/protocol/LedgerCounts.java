/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.SplitLedger.Entry;
import io.dynamoreplica.flink.protocol.SplitStatus.Assigned;
import io.dynamoreplica.flink.protocol.SplitStatus.Unassigned;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.List;

/** How many splits stand where, so that nobody has to walk through all of them to know. */
record LedgerCounts(OfKind segments, OfKind shards) {

    static final LedgerCounts NONE = new LedgerCounts(OfKind.NONE, OfKind.NONE);

    /**
     * @param unassigned that wait for a reader
     * @param assigned that a reader has, known or not
     * @param uncovered that have ended, but not in a completed checkpoint
     */
    record OfKind(int unassigned, int assigned, int uncovered) {

        private static final OfKind NONE = new OfKind(0, 0, 0);

        private OfKind and(SplitStatus status) {
            if (status instanceof Unassigned) {
                return new OfKind(unassigned + 1, assigned, uncovered);
            } else if (status instanceof Assigned) {
                return new OfKind(unassigned, assigned + 1, uncovered);
            }
            return SplitLedger.isCovered(status) ? this : new OfKind(unassigned, assigned, uncovered + 1);
        }

        private OfKind plus(OfKind more) {
            return new OfKind(unassigned + more.unassigned, assigned + more.assigned, uncovered + more.uncovered);
        }

        boolean haveEnded() {
            return unassigned + assigned == 0;
        }

        boolean areCovered() {
            return haveEnded() && uncovered == 0;
        }
    }

    static LedgerCounts of(List<Entry> entries) {
        OfKind segments = OfKind.NONE;
        OfKind shards = OfKind.NONE;
        for (Entry entry : entries) {
            if (entry.split() instanceof ScanSplit) {
                segments = segments.and(entry.status());
            } else {
                shards = shards.and(entry.status());
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
