/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conditions that must never be true after a reader has reported. No known failure leads to one of
 * them. If the job continued, changes could get lost silently.
 */
final class Contradictions {

    /** Finds a split that two readers have: they would emit its changes out of order. */
    static Optional<FailForContradiction> beforeReport(ProtocolState state, ReaderReported report) {
        for (ReplicationSplit split : report.held()) {
            TableState table = state.tables().get(split.table());
            Optional<Integer> other = Optional.ofNullable(table)
                    .flatMap(known -> known.splits().find(split.splitId()))
                    .flatMap(SplitEntry::reader)
                    .filter(reader -> reader != report.subtask());
            if (other.isPresent()) {
                String detail = "readers %d and %d both have %s";
                return failure(table, detail.formatted(other.get(), report.subtask(), split.splitId()));
            }
        }
        return Optional.empty();
    }

    /** Finds a split that no reader has any more, or that the enumerator does not know. */
    static Optional<FailForContradiction> afterReport(ProtocolState state, ReaderReported report) {
        Set<String> held = report.held().stream().map(ReplicationSplit::splitId).collect(Collectors.toSet());
        for (TableState table : state.tables().values()) {
            List<String> missing = table.splits().assignedTo(report.subtask()).stream()
                    .filter(splitId -> !held.contains(splitId))
                    .toList();
            if (!missing.isEmpty()) {
                return failure(
                        table, "reader %d was given, and no longer has, %s".formatted(report.subtask(), missing));
            }
            List<String> orphaned = table.splits().heldByNoReader();
            if (state.readers().allReported() && !orphaned.isEmpty()) {
                return failure(table, "no reader has %s, which were being read".formatted(orphaned));
            }
        }
        return unknownSplit(state, report);
    }

    private static Optional<FailForContradiction> unknownSplit(ProtocolState state, ReaderReported report) {
        for (ReplicationSplit split : report.held()) {
            TableState table = state.tables().get(split.table());
            boolean known = table != null
                    && (table.isVoid(split)
                            || isLeftOfEarlierStream(table, split, report)
                            || table.splits().find(split.splitId()).isPresent());
            if (!known) {
                String detail = "reader %d holds %s, which is not known";
                return Optional.of(
                        new FailForContradiction(split.table(), detail.formatted(report.subtask(), split.splitId())));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns whether the split is left over from an earlier stream and can be withdrawn. It can be withdrawn
     * only together with all splits of the epoch that the reader has, so none of them may belong to the
     * current stream.
     */
    private static boolean isLeftOfEarlierStream(TableState table, ReplicationSplit split, ReaderReported report) {
        return table.isOfEarlierStream(split)
                && report.all()
                        .noneMatch(has -> table.splits().find(has.splitId()).isPresent());
    }

    private static Optional<FailForContradiction> failure(TableState table, String detail) {
        return Optional.of(new FailForContradiction(table.table(), detail));
    }

    private Contradictions() {}
}
