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
 * and changes a few of them. So the entries are divided into chunks, and each chunk has its own counts.
 * A change copies only the chunks that it concerns, and a search passes over the chunks whose counts
 * show that they have no match.
 */
final class LedgerEntries {

    static final LedgerEntries EMPTY = new LedgerEntries(Map.of(), List.of());

    /** Chosen so that with 100,000 entries a chunk and the list of chunks are of about one size. */
    private static final int CHUNK_SIZE = 256;

    /** By split id, the place of its entry; shared by all objects that hold the same splits. */
    private final Map<String, Integer> places;

    private final List<Chunk> chunks;
    private final LedgerCounts counts;

    private record Chunk(List<SplitEntry> entries, LedgerCounts counts) {
        private static Chunk of(List<SplitEntry> entries) {
            return new Chunk(entries, LedgerCounts.of(entries));
        }
    }

    private LedgerEntries(Map<String, Integer> places, List<Chunk> chunks) {
        this.places = places;
        this.chunks = chunks;
        this.counts = chunks.stream().map(Chunk::counts).reduce(LedgerCounts.NONE, LedgerCounts::plus);
    }

    static LedgerEntries of(Collection<SplitEntry> entries) {
        Map<String, SplitEntry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.put(entry.split().splitId(), entry));
        Map<String, Integer> places = new HashMap<>();
        byId.keySet().forEach(id -> places.put(id, places.size()));
        List<SplitEntry> all = List.copyOf(byId.values());
        List<Chunk> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK_SIZE) {
            chunks.add(Chunk.of(List.copyOf(all.subList(from, Math.min(all.size(), from + CHUNK_SIZE)))));
        }
        return new LedgerEntries(Collections.unmodifiableMap(places), List.copyOf(chunks));
    }

    int size() {
        return places.size();
    }

    LedgerCounts counts() {
        return counts;
    }

    Optional<SplitEntry> find(String splitId) {
        return Optional.ofNullable(places.get(splitId))
                .map(place -> chunks.get(place / CHUNK_SIZE).entries().get(place % CHUNK_SIZE));
    }

    Stream<SplitEntry> all() {
        return chunks.stream().flatMap(chunk -> chunk.entries().stream());
    }

    /** Returns the entries of those chunks whose counts match. */
    Stream<SplitEntry> where(Predicate<LedgerCounts> some) {
        return chunks.stream().filter(chunk -> some.test(chunk.counts())).flatMap(chunk -> chunk.entries().stream());
    }

    /** Returns the entries of those chunks that differ from the earlier ones. */
    Stream<SplitEntry> changedSince(LedgerEntries earlier) {
        if (places != earlier.places) {
            return all();
        }
        Stream.Builder<Chunk> changed = Stream.builder();
        for (int i = 0; i < chunks.size(); i++) {
            if (chunks.get(i) != earlier.chunks.get(i)) {
                changed.add(chunks.get(i));
            }
        }
        return changed.build().flatMap(chunk -> chunk.entries().stream());
    }

    Draft draft() {
        return new Draft();
    }

    /** Changes to some of the entries; the set of splits stays the same. */
    final class Draft {

        /** By chunk, the changed entries; null as long as no entry of the chunk has changed. */
        private final SplitEntry[][] changed = new SplitEntry[chunks.size()][];

        private boolean isChanged;

        /** Puts the entry in the place of the one for the same split; ignores an unknown split. */
        void replace(SplitEntry entry) {
            change(entry.split().splitId(), known -> entry);
        }

        /** Changes the entry of a split; ignores an unknown split. */
        void change(String splitId, UnaryOperator<SplitEntry> change) {
            Integer place = places.get(splitId);
            if (place != null) {
                change(place / CHUNK_SIZE, place % CHUNK_SIZE, change);
            }
        }

        /** Changes each entry of those chunks whose counts match, or that this draft has changed. */
        void changeWhere(Predicate<LedgerCounts> some, UnaryOperator<SplitEntry> change) {
            for (int chunk = 0; chunk < changed.length; chunk++) {
                if (changed[chunk] != null || some.test(chunks.get(chunk).counts())) {
                    changeAll(chunk, change);
                }
            }
        }

        private void changeAll(int chunk, UnaryOperator<SplitEntry> change) {
            int size = chunks.get(chunk).entries().size();
            for (int place = 0; place < size; place++) {
                change(chunk, place, change);
            }
        }

        private void change(int chunk, int place, UnaryOperator<SplitEntry> change) {
            List<SplitEntry> before = chunks.get(chunk).entries();
            SplitEntry entry = changed[chunk] == null ? before.get(place) : changed[chunk][place];
            SplitEntry after = change.apply(entry);
            if (after.equals(entry)) {
                return;
            }
            if (changed[chunk] == null) {
                changed[chunk] = before.toArray(SplitEntry[]::new);
                isChanged = true;
            }
            changed[chunk][place] = after;
        }

        /** Returns the same object if nothing has changed. */
        LedgerEntries done() {
            if (!isChanged) {
                return LedgerEntries.this;
            }
            Chunk[] all = chunks.toArray(Chunk[]::new);
            for (int chunk = 0; chunk < changed.length; chunk++) {
                if (changed[chunk] != null) {
                    all[chunk] = Chunk.of(Collections.unmodifiableList(Arrays.asList(changed[chunk])));
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
