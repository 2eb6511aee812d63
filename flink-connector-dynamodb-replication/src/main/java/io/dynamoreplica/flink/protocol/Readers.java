/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The readers that have reported in their current attempt. Not kept in checkpoints: after a restore
 * every reader reports again.
 *
 * @param parallelism how many readers the job has
 * @param present by subtask of each reader that has reported, whether the reader was told that no
 *     more splits will come
 */
public record Readers(int parallelism, Map<Integer, Boolean> present) {

    public static Readers none(int parallelism) {
        return new Readers(parallelism, Map.of());
    }

    public Readers {
        present = Collections.unmodifiableMap(new TreeMap<>(present));
    }

    Readers reported(int subtask) {
        return with(subtask, false);
    }

    Readers finishing(int subtask) {
        return with(subtask, true);
    }

    Readers without(int subtask) {
        Map<Integer, Boolean> draft = new TreeMap<>(present);
        draft.remove(subtask);
        return new Readers(parallelism, draft);
    }

    /** Returns whether every reader has reported; some decisions wait for this. */
    boolean allReported() {
        return present.size() >= parallelism;
    }

    /** Returns the readers that can be given splits, in the order of their subtasks. */
    Collection<Integer> open() {
        return present.entrySet().stream()
                .filter(reader -> !reader.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns whether a reader may have finished: a message to it would make the job fail over. */
    boolean someMayHaveFinished() {
        return present.containsValue(true);
    }

    boolean isOpen(int subtask) {
        return Boolean.FALSE.equals(present.get(subtask));
    }

    private Readers with(int subtask, boolean finishing) {
        Map<Integer, Boolean> draft = new TreeMap<>(present);
        draft.put(subtask, finishing);
        return new Readers(parallelism, draft);
    }
}
