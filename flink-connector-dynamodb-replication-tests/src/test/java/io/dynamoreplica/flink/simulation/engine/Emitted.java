/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.split.ScanPosition;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The records of each split that have been emitted, for checkers. Like state, it goes back to a checkpoint, but no
 * reader uses it. Immutable.
 */
public final class Emitted {

    public static final Emitted NONE = new Emitted(Map.of());

    public static final BigInteger BEFORE_ALL = BigInteger.ONE.negate();

    /**
     * The emitted part of one split.
     *
     * @param pages the start of each page of a segment that was emitted
     * @param last the sequence number of the last record that a shard's reader passed; negative before the first
     *     record
     * @param ended whether the split was emitted completely
     */
    public record Of(Set<ScanPosition> pages, BigInteger last, boolean ended) {
        static final Of NOTHING = new Of(Set.of(), BEFORE_ALL, false);

        Of and(Of other) {
            Set<ScanPosition> both = new HashSet<>(pages);
            both.addAll(other.pages);
            return new Of(both, last.max(other.last), ended || other.ended);
        }
    }

    private final Map<String, Of> splits;

    private Emitted(Map<String, Of> splits) {
        this.splits = splits;
    }

    public Of of(String splitId) {
        return splits.getOrDefault(splitId, Of.NOTHING);
    }

    boolean hasEnded(String splitId) {
        return of(splitId).ended();
    }

    Emitted page(String splitId, ScanPosition from) {
        Of before = of(splitId);
        Set<ScanPosition> pages = new HashSet<>(before.pages());
        pages.add(from);
        return with(splitId, new Of(pages, before.last(), before.ended()));
    }

    Emitted passed(String splitId, BigInteger number) {
        Of before = of(splitId);
        return with(splitId, new Of(before.pages(), number, before.ended()));
    }

    Emitted ended(String splitId) {
        Of before = of(splitId);
        return with(splitId, new Of(before.pages(), before.last(), true));
    }

    Emitted and(Emitted other) {
        Map<String, Of> all = new HashMap<>(splits);
        other.splits.forEach((splitId, of) -> all.merge(splitId, of, Of::and));
        return new Emitted(Collections.unmodifiableMap(all));
    }

    private Emitted with(String splitId, Of of) {
        Map<String, Of> draft = new HashMap<>(splits);
        draft.put(splitId, of);
        return new Emitted(Collections.unmodifiableMap(draft));
    }
}
