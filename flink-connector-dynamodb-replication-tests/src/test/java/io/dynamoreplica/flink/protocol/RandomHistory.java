/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A history of one table, decided by a seed, with its oracle. */
final class RandomHistory {

    private final long seed;
    private final Random dice;
    private final Story story;
    private final ScriptedTable table;
    private final boolean fenced;

    /** Shards that were closed at the time of the anchor. */
    private final Set<String> skipped = new HashSet<>();

    private final List<String> log = new ArrayList<>();
    private int shardsMade;
    private long checkpoint;
    private long laggingSince;

    RandomHistory(long seed, TableRules rules) {
        this.seed = seed;
        this.dice = new Random(seed);
        this.story = Story.of(1 + dice.nextInt(3), rules);
        this.table = story.table();
        this.fenced = rules.handOver() == HandOver.CHECKPOINT && !rules.stream().duringScan();
        story.dynamoDb.order = listing -> table.shuffledListing(dice);
    }

    long seed() {
        return seed;
    }

    /** Plays the history and returns a description of each step. */
    List<String> play(int steps) {
        table.closed("old");
        skipped.add("old");
        table.open("root-a", "old").open("root-b");
        story.begin();
        for (int i = 0; i < steps; i++) {
            step();
            check();
        }
        settle();
        return log;
    }

    private void step() {
        switch (dice.nextInt(10)) {
            case 0, 1 -> finishSomething();
            case 2 -> grow();
            case 3 -> listing();
            case 4 -> reportLate();
            case 5 -> beginCheckpoint();
            case 6 -> barrier();
            case 7 -> completeCheckpoint();
            case 8 -> fault();
            default -> {
                pass(dice.nextInt(20_000));
            }
        }
    }

    /** Lets time pass. No listing lags longer than the rules allow. */
    private void pass(int millis) {
        if (story.now() + millis - laggingSince > TimeBounds.LISTING_LAG / 2) {
            showAll();
        }
        say("pass " + millis);
        story.pass(millis);
    }

    private void showAll() {
        table.shards().forEach(shard -> table.show(shard.shardId()));
    }

    private void finishSomething() {
        List<Integer> busy = story.readers.keySet().stream()
                .filter(subtask -> story.readers.get(subtask).reported)
                .filter(subtask -> !finishable(subtask).isEmpty())
                .toList();
        if (!busy.isEmpty()) {
            int subtask = any(busy);
            String name = any(finishable(subtask));
            say("reader " + subtask + " finishes " + name);
            story.finish(subtask, name);
        }
    }

    /** Returns the shards that can end: only a closed shard can be read to its end. */
    private List<String> finishable(int subtask) {
        return story.holds(subtask).stream().filter(name -> !table.isOpen(name)).toList();
    }

    private void grow() {
        List<String> open = table.shards().stream()
                .map(Shard::shardId)
                .filter(table::isOpen)
                .toList();
        String parent = any(open);
        String[] children = new String[1 + dice.nextInt(2)];
        for (int i = 0; i < children.length; i++) {
            children[i] = "shard-" + shardsMade++;
        }
        say(parent + " rolls over into " + List.of(children));
        table.rollOver(parent, children);
        if (dice.nextBoolean()) {
            showAll();
            laggingSince = story.now();
            table.hide(any(List.of(children)));
        }
    }

    private void listing() {
        if (dice.nextBoolean()) {
            showAll();
        }
        say("discovery");
        story.discover();
    }

    private void reportLate() {
        List<Integer> silent = story.readers.keySet().stream()
                .filter(subtask -> !story.readers.get(subtask).reported)
                .toList();
        if (!silent.isEmpty()) {
            int subtask = any(silent);
            say("reader " + subtask + " reports");
            story.report(subtask);
        }
    }

    private void beginCheckpoint() {
        boolean allRun = story.readers.values().stream().allMatch(reader -> reader.reported);
        if (allRun && !story.checkpoints.isUnderWay()) {
            long id = story.checkpoints.startEnumerator();
            say("checkpoint " + id + " begins");
            checkpoint = id;
        }
    }

    private void barrier() {
        if (story.checkpoints.isUnderWay()) {
            story.readers.keySet().stream()
                    .filter(subtask -> story.readers.get(subtask).behindBarrier)
                    .findFirst()
                    .ifPresent(subtask -> {
                        say("barrier at reader " + subtask);
                        story.checkpoints.barrier(checkpoint, subtask);
                    });
        }
    }

    private void completeCheckpoint() {
        if (story.checkpoints.isUnderWay()) {
            if (dice.nextInt(4) == 0) {
                say("checkpoint is aborted");
                story.checkpoints.abortAll();
                return;
            }
            while (story.readers.values().stream().anyMatch(reader -> reader.behindBarrier)) {
                barrier();
            }
            say("checkpoint completes");
            story.checkpoints.complete(checkpoint);
        }
    }

    private void fault() {
        if (dice.nextInt(3) > 0) {
            int subtask = any(List.copyOf(story.readers.keySet()));
            say("reader " + subtask + " fails");
            story.fail(subtask);
        } else if (story.checkpoints.hasCompleted()) {
            int parallelism = 1 + dice.nextInt(4);
            say("restore at " + parallelism);
            story.restore(parallelism).start();
        }
    }

    private void check() {
        expect(story.gaps.isEmpty(), "a gap although nothing was lost: " + story.gaps);
        expect(story.contradictions.isEmpty(), "contradiction: " + story.contradictions);
        Map<String, Integer> readers = new TreeMap<>();
        story.readers.forEach((subtask, reader) -> all(reader).forEach(split -> {
            Integer other = readers.put(Story.nameOf(split), subtask);
            expect(other == null || other.equals(subtask), split.splitId() + " is held twice");
        }));
        readers.keySet().stream()
                .filter(name -> !name.startsWith("segment-"))
                .forEach(name -> checkOrder(name, readers));
    }

    /**
     * Checks a shard that has a reader: either its parent was read by the same reader, or no reader could go back
     * before the parent's end.
     */
    private void checkOrder(String shardId, Map<String, Integer> readers) {
        expect(!skipped.contains(shardId), shardId + " is read though the copy holds it");
        if (fenced) {
            expect(
                    readers.keySet().stream()
                            .filter(name -> name.startsWith("segment-"))
                            .noneMatch(name -> story.held().contains(name)),
                    shardId + " is read before the hand-over");
        }
        Optional<String> parent = parentOf(shardId).filter(id -> !skipped.contains(id));
        if (parent.isEmpty()) {
            return;
        }
        expect(!story.held().contains(parent.get()), shardId + " is read while its parent is read");
        boolean sameReader = readers.get(shardId).equals(readers.get(parent.get()));
        expect(
                sameReader
                        || story.checkpoints.containsEndOf(
                                ShardSplit.idOf("orders", story.state().epoch(), parent.get())),
                shardId + " has left the reader of its parent, whose end is not covered");
    }

    /** Ends the faults, lets listings catch up, and closes open shards one by one until all are read. */
    private void settle() {
        story.readers.keySet().stream()
                .filter(subtask -> !story.readers.get(subtask).reported)
                .forEach(story::report);
        story.checkpoints.abortAll();
        showAll();
        for (int round = 0; round < 2 + table.shards().size(); round++) {
            story.discover();
            story.checkpoint();
            for (int subtask : story.readers.keySet()) {
                for (String name : finishable(subtask)) {
                    story.finish(subtask, name);
                    check();
                }
            }
        }
        Set<String> unread = table.shards().stream()
                .map(Shard::shardId)
                .filter(table::isOpen)
                .collect(Collectors.toSet());
        story.held().forEach(unread::remove);
        expect(unread.isEmpty(), "never read: " + unread);
    }

    private Optional<String> parentOf(String shardId) {
        return table.shards().stream()
                .filter(shard -> shard.shardId().equals(shardId))
                .findFirst()
                .flatMap(Shard::parent);
    }

    private static Stream<ReplicationSplit> all(ReaderModel reader) {
        return Stream.concat(
                reader.held.values().stream(), reader.finished.values().stream().filter(ShardSplit.class::isInstance));
    }

    private <T> T any(List<T> choice) {
        return choice.get(dice.nextInt(choice.size()));
    }

    private void say(String what) {
        log.add(what);
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + ", after " + log);
        }
    }
}
