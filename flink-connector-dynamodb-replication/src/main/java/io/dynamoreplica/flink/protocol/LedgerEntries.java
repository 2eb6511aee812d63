/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

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
 * The entries of a ledger, in the order in which they became known. Immutable.
 *
 * <p>A copy can have hundreds of thousands of entries. At every event the coordinator thread reads
 * and changes a few of them. So the entries are divided into runs, and each run has its own counts.
 * A change copies only the runs that it concerns, and a search passes over the runs whose counts
 * show that they have no match.
 */
final class LedgerEntries {

    static final LedgerEntries EMPTY = new LedgerEntries(Map.of(), List.of());

    /** Chosen so that with 100,000 entries a run and the list of runs are of about one size. */
    private static final int RUN = 256;

    /** By split id, the place of its entry; shared by all objects that hold the same splits. */
    private final Map<String, Integer> places;

    private final List<Run> runs;
    private final LedgerCounts counts;

    private record Run(List<SplitEntry> entries, LedgerCounts counts) {
        private static Run of(List<SplitEntry> entries) {
            return new Run(entries, LedgerCounts.of(entries));
        }
    }

    private LedgerEntries(Map<String, Integer> places, List<Run> runs) {
        this.places = places;
        this.runs = runs;
        this.counts = runs.stream().map(Run::counts).reduce(LedgerCounts.NONE, LedgerCounts::plus);
    }

    static LedgerEntries of(Collection<SplitEntry> entries) {
        Map<String, SplitEntry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.put(entry.split().splitId(), entry));
        Map<String, Integer> places = new HashMap<>();
        byId.keySet().forEach(id -> places.put(id, places.size()));
        List<SplitEntry> all = List.copyOf(byId.values());
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

    Optional<SplitEntry> find(String splitId) {
        return Optional.ofNullable(places.get(splitId))
                .map(place -> runs.get(place / RUN).entries().get(place % RUN));
    }

    Stream<SplitEntry> all() {
        return runs.stream().flatMap(run -> run.entries().stream());
    }

    /** Returns the entries of those runs whose counts match. */
    Stream<SplitEntry> where(Predicate<LedgerCounts> some) {
        return runs.stream().filter(run -> some.test(run.counts())).flatMap(run -> run.entries().stream());
    }

    /** Returns the entries of those runs that differ from the earlier ones. */
    Stream<SplitEntry> changedSince(LedgerEntries earlier) {
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

    Draft draft() {
        return new Draft();
    }

    /** Changes to some of the entries; the set of splits stays the same. */
    final class Draft {

        /** By run, the changed entries; null as long as no entry of the run has changed. */
        private final SplitEntry[][] changed = new SplitEntry[runs.size()][];

        private boolean isChanged;

        /** Puts the entry in the place of the one for the same split; ignores an unknown split. */
        void replace(SplitEntry entry) {
            change(entry.split().splitId(), known -> entry);
        }

        /** Changes the entry of a split; ignores an unknown split. */
        void change(String splitId, UnaryOperator<SplitEntry> change) {
            Integer place = places.get(splitId);
            if (place != null) {
                change(place / RUN, place % RUN, change);
            }
        }

        /** Changes each entry of those runs whose counts match, or that this draft has changed. */
        void changeWhere(Predicate<LedgerCounts> some, UnaryOperator<SplitEntry> change) {
            for (int run = 0; run < changed.length; run++) {
                if (changed[run] != null || some.test(runs.get(run).counts())) {
                    changeAll(run, change);
                }
            }
        }

        private void changeAll(int run, UnaryOperator<SplitEntry> change) {
            int size = runs.get(run).entries().size();
            for (int place = 0; place < size; place++) {
                change(run, place, change);
            }
        }

        private void change(int run, int place, UnaryOperator<SplitEntry> change) {
            List<SplitEntry> before = runs.get(run).entries();
            SplitEntry entry = changed[run] == null ? before.get(place) : changed[run][place];
            SplitEntry after = change.apply(entry);
            if (after.equals(entry)) {
                return;
            }
            if (changed[run] == null) {
                changed[run] = before.toArray(SplitEntry[]::new);
                isChanged = true;
            }
            changed[run][place] = after;
        }

        /** Returns the same object if nothing has changed. */
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

    private boolean holds(SplitEntry entry) {
        return find(entry.split().splitId()).filter(entry::equals).isPresent();
    }

    @Override
    public int hashCode() {
        return Objects.hash(places.keySet(), counts);
    }
}
