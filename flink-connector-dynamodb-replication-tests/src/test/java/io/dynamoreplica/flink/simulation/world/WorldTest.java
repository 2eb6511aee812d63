/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.simulation.world.Truth.Change;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.simulation.world.Truth.StreamLife;
import io.dynamoreplica.flink.simulation.world.Truth.Trim;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Losses;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Tables;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests of the events of a world, as the truth records them. */
class WorldTest {

    private static final String TABLE = "orders";
    private static final long HOUR = 3_600_000;
    private static final WorldPlan IDLE =
            WorldPlan.CALM.with(new Tables(1, 20, 1, false, 0)).with(new Losses(true, false, false));

    @Test
    void oneSeedGivesOneWorld() {
        assertThat(story(17)).isEqualTo(story(17)).isNotEqualTo(story(18));
    }

    private static List<String> story(long seed) {
        Random dice = new Random(seed);
        World world = new World(dice, WorldPlan.of(dice));
        List<String> story = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            story.add(world.now() + " " + world.happen());
            world.pass(dice.nextInt(3_600_000));
            world.truth()
                    .streams(TABLE)
                    .forEach(stream -> story.add("" + world.service().listShards(stream.streamArn())));
        }
        return story;
    }

    @Test
    void theTruthKnowsEveryImageThatTheTableHas() {
        World world = played(WorldPlan.CALM.with(new Losses(false, true, false)), 1, 500);
        Map<ItemKey, MapItem> last = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            ItemKey key = key(i);
            List<Change> changes = world.truth().changes(TABLE, key);
            changes.stream()
                    .reduce((older, newer) -> newer)
                    .flatMap(Change::image)
                    .ifPresent(image -> last.put(key, image));
        }

        assertThat(world.contents(TABLE)).isEqualTo(last).hasSizeGreaterThan(5);
    }

    @Test
    void anItemIsWrittenManyTimesInOneInstantAndSomeWritesLeaveNoRecord() {
        World world = new World(new Random(2), WorldPlan.CALM);
        boolean noRecord = false;
        int most = 0;
        for (int i = 0; i < 1_000; i++) {
            long before = recorded(world);
            String said = world.happen();
            if (said.matches(".*written to: k\\d+ NO_CHANGE.*") && !said.contains(",")) {
                assertThat(recorded(world)).isEqualTo(before);
                noRecord = true;
            }
            most = Math.max(most, mostAtOnce(world));
            world.pass(600_000);
        }

        assertThat(noRecord).isTrue();
        assertThat(most).isGreaterThanOrEqualTo(4);
    }

    private static long recorded(World world) {
        long changes = 0;
        for (int i = 0; i < 20; i++) {
            changes += world.truth().changes(TABLE, key(i)).size();
        }
        return changes;
    }

    private static int mostAtOnce(World world) {
        int most = 0;
        for (int i = 0; i < 20; i++) {
            List<Change> now = world.truth().changes(TABLE, key(i)).stream()
                    .filter(change -> change.time() == world.now())
                    .toList();
            most = Math.max(most, now.size());
        }
        return most;
    }

    @Test
    void shardsOfAnIdleTableRollOverAboutEveryFourHours() {
        World world = new World(new Random(3), IDLE.with(new Losses(false, false, false)));
        long begin = world.now();
        world.pass(72 * HOUR);

        List<ShardLife> closed = shards(world).stream()
                .filter(shard -> shard.isClosed() && shard.times().opened() > begin)
                .toList();
        assertThat(closed).hasSizeBetween(17, 21).allSatisfy(shard -> assertThat(
                        shard.times().closed() - shard.times().opened())
                .isBetween(3 * HOUR + HOUR / 2, 4 * HOUR));
    }

    @Test
    void shardsSplitAndRollOverSeveralTimesInOneInstant() {
        World world = played(WorldPlan.CALM, 4, 300);
        Map<String, Integer> children = new HashMap<>();
        shards(world).forEach(shard -> shard.parent().ifPresent(id -> children.merge(id, 1, Integer::sum)));

        assertThat(children).containsValue(1).containsValue(2);
        assertThat(shards(world))
                .anyMatch(shard -> shard.parent().isPresent()
                        && shard.times().closed() == shard.times().opened());
    }

    @Test
    void nothingIsTrimmedInTheFirstDayAndEverythingInTheEnd() {
        World world = played(IDLE.with(new Tables(1, 20, 1, true, 0)), 5, 60);
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            world.truth().changes(TABLE, key(i)).forEach(change -> written.add(change.time()));
        }
        world.pass(24 * HOUR
                - 1
                - (world.now() - written.stream().mapToLong(t -> t).min().orElseThrow()));
        assertThat(world.truth().trims()).isEmpty();

        world.pass(100 * HOUR);
        long lost = shards(world).stream()
                .filter(shard -> !shard.lastTrimmed().isEmpty())
                .count();
        List<Trim> trims = world.truth().trims();
        assertThat(trims).hasSizeGreaterThan((int) lost);
        assertThat(world.service().listShards(arn(world)).toString())
                .doesNotContain(shards(world).get(0).shard().shardId() + ",");
    }

    @Test
    void aStreamIsSwitchedOffAndOnAndHasAnotherNameThen() {
        World world = played(WorldPlan.CALM.with(new Losses(false, true, false)), 6, 500);

        List<StreamLife> streams = world.truth().streams(TABLE);
        assertThat(streams).hasSizeGreaterThan(2);
        assertThat(streams)
                .extracting(StreamLife::tableId)
                .containsOnly(streams.get(0).tableId());
        assertThat(streams).extracting(StreamLife::streamArn).doesNotHaveDuplicates();
        assertThat(streams.get(1).enabled()).isGreaterThan(streams.get(0).disabled());
        assertThat(world.truth().wasInterrupted(TABLE)).isTrue();
        assertThat(allChanges(world)).anyMatch(change -> change.shard().isEmpty());
    }

    @Test
    void aTableIsDeletedAndCreatedAgain() {
        World world = played(WorldPlan.CALM.with(new Losses(false, false, true)), 7, 500);

        List<StreamLife> streams = world.truth().streams(TABLE);
        assertThat(streams).extracting(StreamLife::tableId).doesNotHaveDuplicates();
        assertThat(streams).hasSizeGreaterThan(2);
        Change end = Change.unrecorded(Optional.empty(), streams.get(0).disabled());
        assertThat(allChanges(world)).contains(end);
    }

    @Test
    void aCalmedWorldIsWholeAndIsNotWrittenToAnyMore() {
        for (long seed = 0; seed < 50; seed++) {
            World world = played(WorldPlan.CALM.with(new Losses(true, true, true)), seed, 100);
            world.calm();
            assertThat(world.truth().streams(TABLE)).last().matches(stream -> !stream.isOver());
            long before = recorded(world);
            for (int i = 0; i < 50; i++) {
                world.happen();
                world.pass(1_000);
            }
            assertThat(recorded(world)).isEqualTo(before);
        }
    }

    private static World played(WorldPlan plan, long seed, int events) {
        World world = new World(new Random(seed), plan);
        for (int i = 0; i < events; i++) {
            world.happen();
            world.pass(1_000);
        }
        return world;
    }

    private static List<Change> allChanges(World world) {
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.addAll(world.truth().changes(TABLE, key(i)));
        }
        return all;
    }

    private static List<ShardLife> shards(World world) {
        return List.copyOf(world.truth().shards(arn(world)));
    }

    private static String arn(World world) {
        return world.truth().streams(TABLE).get(0).streamArn();
    }

    private static ItemKey key(int number) {
        return new ItemKey(List.of(new KeyAttribute(World.KEY, KeyType.S, "k" + number)));
    }
}
