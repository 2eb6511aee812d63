/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.SplitLedger.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The entries of a ledger in the order in which they became known. A copy can have hundreds of
 * thousands, and the coordinator thread changes a few of them at every event and asks for a few; so
 * they are kept in runs, each counted: a change copies the runs that it is about, and whoever looks
 * for something passes over the runs that have none of it. Immutable.
 */
final class LedgerEntries {

    static final LedgerEntries EMPTY = new LedgerEntries(Map.of(), List.of());

    /** Chosen so that with 100,000 entries a run and the list of runs are of one size. */
    private static final int RUN = 256;

    /** By split id, the place of its entry; shared by all that hold the same splits. */
    private final Map<String, Integer> places;

    private final List<Run> runs;
    private final LedgerCounts counts;

    private record Run(List<Entry> entries, LedgerCounts counts) {
        private static Run of(List<Entry> entries) {
            return new Run(entries, LedgerCounts.of(entries));
        }
    }

    private LedgerEntries(Map<String, Integer> places, List<Run> runs) {
        this.places = places;
        this.runs = runs;
        this.counts = runs.stream().map(Run::counts).reduce(LedgerCounts.NONE, LedgerCounts::plus);
    }

    static LedgerEntries of(Collection<Entry> entries) {
        Map<String, Entry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.put(entry.split().splitId(), entry));
        Map<String, Integer> places = new HashMap<>();
        byId.keySet().forEach(id -> places.put(id, places.size()));
        List<Entry> all = List.copyOf(byId.values());
        List<Run> runs = new ArrayList<>();
        for (int from = 0; from < all.size(); from += RUN) {
            runs.add(Run.of(List.copyOf(all.subList(from, Math.min(all.size(), from + RUN)))));
        }
        return new LedgerEntries(Collections.unmodifiableMap(places), List.copyOf(runs));
    }

    int size() {
        return places.size();
    }

    LedgerCounts counts() {
        return counts;
    }

    Optional<Entry> find(String splitId) {
        return Optional.ofNullable(places.get(splitId))
                .map(place -> runs.get(place / RUN).entries().get(place % RUN));
    }

    Stream<Entry> all() {
        return runs.stream().flatMap(run -> run.entries().stream());
    }

    /** The entries of those runs that have something of a kind. */
    Stream<Entry> where(Predicate<LedgerCounts> some) {
        return runs.stream().filter(run -> some.test(run.counts())).flatMap(run -> run.entries().stream());
    }

    /** The entries of those runs in which these and the earlier ones differ. */
    Stream<Entry> changedSince(LedgerEntries earlier) {
        if (places != earlier.places) {
            return all();
        }
        Stream.Builder<Run> changed = Stream.builder();
        for (int i = 0; i < runs.size(); i++) {
            if (runs.get(i) != earlier.runs.get(i)) {
                changed.add(runs.get(i));
            }
        }
        return changed.build().flatMap(run -> run.entries().stream());
    }

    /** The same splits, and other entries for some of them. */
    final class Draft {

        /** By place in the list; null as long as nothing in the run has changed. */
        private final Entry[][] changed = new Entry[runs.size()][];

        private boolean isChanged;

        /** Nothing happens if the split is not known. */
        void change(String splitId, UnaryOperator<Entry> change) {
            Integer place = places.get(splitId);
            if (place != null) {
                change(place / RUN, place % RUN, change);
            }
        }

        /** Each entry of those runs that have something of a kind. */
        void changeWhere(Predicate<LedgerCounts> some, UnaryOperator<Entry> change) {
            for (int run = 0; run < changed.length; run++) {
                if (changed[run] != null || some.test(runs.get(run).counts())) {
                    int size = runs.get(run).entries().size();
                    for (int place = 0; place < size; place++) {
                        change(run, place, change);
                    }
                }
            }
        }

        private void change(int run, int place, UnaryOperator<Entry> change) {
            List<Entry> before = runs.get(run).entries();
            Entry entry = changed[run] == null ? before.get(place) : changed[run][place];
            Entry after = change.apply(entry);
            if (after.equals(entry)) {
                return;
            }
            if (changed[run] == null) {
                changed[run] = before.toArray(Entry[]::new);
                isChanged = true;
            }
            changed[run][place] = after;
        }

        LedgerEntries done() {
            if (!isChanged) {
                return LedgerEntries.this;
            }
            Run[] all = runs.toArray(Run[]::new);
            for (int run = 0; run < changed.length; run++) {
                if (changed[run] != null) {
                    all[run] = Run.of(Collections.unmodifiableList(Arrays.asList(changed[run])));
                }
            }
            return new LedgerEntries(places, List.of(all));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerEntries entries
                && places.keySet().equals(entries.places.keySet())
                && all().allMatch(entry -> entries.holds(entry));
    }

    private boolean holds(Entry entry) {
        return find(entry.split().splitId()).filter(entry::equals).isPresent();
    }

    @Override
    public int hashCode() {
        return Objects.hash(places.keySet(), counts);
    }
}
