/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.SplitStatus.Ended;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The readers that have dropped their splits of a void copy, and how safe each answer is. An answer
 * becomes safe by the same checkpoints as the end of a split. Immutable; not kept in checkpoints,
 * because after a restore every reader is asked again.
 *
 * @param dropped by subtask, the reader's answer
 */
record Withdrawal(Map<Integer, Ended> dropped) {

    static final Withdrawal NONE = new Withdrawal(Map.of());

    Withdrawal {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }

    Withdrawal droppedBy(int subtask) {
        Map<Integer, Ended> draft = new TreeMap<>(dropped);
        draft.putIfAbsent(subtask, SplitStatus.reported(subtask));
        return new Withdrawal(draft);
    }

    /**
     * Takes back the answer of a reader that failed, unless the answer is covered. The reader goes back to
     * the last completed checkpoint, and may have the splits again.
     */
    Withdrawal readerReset(int subtask) {
        if (isCovered(subtask)) {
            return this;
        }
        Map<Integer, Ended> draft = new TreeMap<>(dropped);
        draft.remove(subtask);
        return new Withdrawal(draft);
    }

    Withdrawal checkpointStarted(long checkpointId) {
        return map(end -> end.checkpointStarted(checkpointId));
    }

    Withdrawal checkpointCompleted(long checkpointId) {
        return map(end -> end.checkpointCompleted(checkpointId));
    }

    private Withdrawal map(UnaryOperator<Ended> change) {
        Map<Integer, Ended> draft = new TreeMap<>(dropped);
        draft.replaceAll((subtask, end) -> change.apply(end));
        return new Withdrawal(draft);
    }

    boolean isDroppedByAll(int parallelism) {
        return dropped.size() >= parallelism;
    }

    /** Returns whether everything that the void copy emitted is past every channel: the fence. */
    boolean isCoveredForAll(int parallelism) {
        return isDroppedByAll(parallelism) && dropped.keySet().stream().allMatch(this::isCovered);
    }

    boolean isCovered(int subtask) {
        Ended end = dropped.get(subtask);
        return end != null && end.isCovered();
    }
}
