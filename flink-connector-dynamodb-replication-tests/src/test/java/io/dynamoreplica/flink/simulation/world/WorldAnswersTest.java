/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import static io.dynamoreplica.flink.simulation.world.PlainReader.ok;
import static io.dynamoreplica.flink.simulation.world.PlainReader.pages;
import static io.dynamoreplica.flink.simulation.world.PlainReader.request;
import static io.dynamoreplica.flink.simulation.world.PlainReader.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.simulation.world.Truth.ShardLife;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Listings;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Losses;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Pages;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Refusals;
import io.dynamoreplica.flink.simulation.world.WorldPlan.Tables;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests of the answers of a world's service, which can differ from the truth. */
class WorldAnswersTest {

    private static final String TABLE = "orders";
    private static final long HOUR = 3_600_000;

    @Test
    void listingsLagByLessThanAMinuteInEveryWay() {
        WorldPlan plan = WorldPlan.CALM.with(new Listings(58_000, true));
        World world = new World(new Random(1), plan);
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < 2_000; i++) {
            world.happen();
            world.pass(1_000);
            lookAt(listing(world, world.service()), world, seen);
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "lacks a shard",
                        "shows a closed shard open",
                        "shows a shard before its parent",
                        "shows a closed shard before its parent",
                        "is in another order");
    }

    private static void lookAt(ShardListing listing, World world, Set<String> seen) {
        Map<String, Shard> shown = new LinkedHashMap<>();
        listing.shards().forEach(shard -> shown.put(shard.shardId(), shard));
        List<String> ids = List.copyOf(shown.keySet());
        if (!ids.equals(ids.stream().sorted().toList())) {
            seen.add("is in another order");
        }
        for (ShardLife life : world.truth().shards(listing.streamArn())) {
            Shard shard = shown.get(life.shard().shardId());
            if (shard == null) {
                assertThat(world.now() - life.times().opened()).isLessThan(60_000);
                seen.add("lacks a shard");
                continue;
            }
            if (life.isClosed() && !shard.closed()) {
                assertThat(world.now() - life.times().closed()).isLessThan(60_000);
                seen.add("shows a closed shard open");
            }
            if (shard.parent().filter(parent -> !shown.containsKey(parent)).isPresent()) {
                seen.add("shows a shard before its parent");
                if (shard.closed()) {
                    seen.add("shows a closed shard before its parent");
                }
            }
        }
    }

    @Test
    void aShardIsTrimmedInTheMiddleThenWholeThenGoneThenListedNoMore() {
        WorldPlan plan = WorldPlan.CALM.with(new Losses(true, false, false)).with(new Pages(5, 1_000, false, false));
        World world = new World(new Random(2), plan);
        DynamoDbService service = world.service();
        for (int i = 0; i < 100; i++) {
            world.happen();
            world.pass(HOUR / 20);
        }
        ShardKey first = shards(world).get(0).shard();
        Set<String> stages = new LinkedHashSet<>();
        while (world.now() < world.truth().shard(first).orElseThrow().times().closed() + 90 * HOUR) {
            stages.add(stageOf(first, world, service));
            world.pass(HOUR);
        }

        assertThat(stages)
                .containsExactly("whole", "trimmed in the middle", "refuses to be read", "gone", "listed no more");
    }

    private static String stageOf(ShardKey shard, World world, DynamoDbService service) {
        boolean listed = listing(world, service).shards().stream()
                .anyMatch(shown -> shown.shardId().equals(shard.shardId()));
        if (!listed) {
            return "listed no more";
        }
        Answer<String> iterator = service.shardIterator(shard, ShardPosition.BEGINNING);
        if (iterator instanceof Answer.Refused<String> refused) {
            assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
            return "gone";
        }
        Answer<ShardPage> page = service.records(shard, ((Answer.Ok<String>) iterator).value());
        if (page instanceof Answer.Refused<ShardPage> refused) {
            assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.TRIMMED);
            return "refuses to be read";
        }
        return world.truth().isLost(shard, ShardPosition.BEGINNING) ? "trimmed in the middle" : "whole";
    }

    @Test
    void pagesAreEmptyWithRecordsAheadAndTheLastOneCarriesRecords() {
        WorldPlan plan = WorldPlan.CALM.with(new Pages(3, 5, true, true));
        World world = new World(new Random(3), plan);
        DynamoDbService service = world.service();
        for (int i = 0; i < 100; i++) {
            world.happen();
            world.pass(1_000);
        }
        List<ShardPage> pages = shards(world).stream()
                .filter(ShardLife::isClosed)
                .flatMap(life -> pages(life.shard(), service).stream())
                .toList();

        assertThat(pages)
                .anyMatch(
                        page -> page.records().isEmpty() && page.nextIterator().isPresent());
        assertThat(pages)
                .anyMatch(
                        page -> !page.records().isEmpty() && page.nextIterator().isEmpty());
        assertThat(pages).allMatch(page -> page.records().size() <= 5);
        assertThat(scan(service)).anyMatch(page -> page.items().isEmpty()).hasSizeGreaterThan(5);
    }

    @Test
    void iteratorsExpireAtAnyMoment() {
        WorldPlan plan = WorldPlan.CALM.with(new Pages(5, 5, false, true));
        World world = new World(new Random(4), plan);
        DynamoDbService service = world.service();
        ShardKey shard = shards(world).get(0).shard();
        String iterator = ok(service.shardIterator(shard, ShardPosition.BEGINNING));
        ok(service.records(shard, iterator));
        while (!world.happen().equals("iterators expire")) {
            world.pass(1);
        }

        assertThat(service.records(shard, iterator)).asString().contains(Refusal.Kind.ITERATOR_EXPIRED.name());
    }

    @Test
    void anyCallIsRefusedByChance() {
        World world = new World(new Random(5), WorldPlan.CALM.with(new Refusals(20, false)));
        DynamoDbService service = world.service();
        Set<Refusal.Kind> kinds = EnumSet.noneOf(Refusal.Kind.class);
        Set<String> calls = new LinkedHashSet<>();
        for (int i = 0; i < 200; i++) {
            for (Map.Entry<String, Answer<?>> call : everyCall(world, service).entrySet()) {
                if (call.getValue() instanceof Answer.Refused<?> refused) {
                    kinds.add(refused.refusal().kind());
                    calls.add(call.getKey());
                }
            }
        }

        assertThat(calls).hasSize(5);
        assertThat(kinds)
                .containsExactlyInAnyOrder(Refusal.Kind.THROTTLED, Refusal.Kind.UNAVAILABLE, Refusal.Kind.DENIED);
        world.calm();
        for (int i = 0; i < 100; i++) {
            assertThat(everyCall(world, service).values()).allMatch(answer -> answer instanceof Answer.Ok<?>);
        }
    }

    @Test
    void aPermissionComesAndGoes() {
        World world = new World(new Random(6), WorldPlan.CALM.with(new Refusals(0, true)));
        DynamoDbService service = world.service();
        List<String> scans = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            world.happen();
            world.pass(10_000);
            Answer<?> answer = everyCall(world, service).get("Scan");
            String said = answer instanceof Answer.Refused<?> refused
                    ? refused.refusal().kind().name()
                    : "ok";
            if (scans.isEmpty() || !scans.get(scans.size() - 1).equals(said)) {
                scans.add(said);
            }
        }

        assertThat(scans).containsSequence("ok", "DENIED", "ok").contains("THROTTLED");
    }

    @Test
    void creationTimesAreWholeSecondsAndOffByTwoAtMost() {
        WorldPlan plan = WorldPlan.CALM.with(new Tables(1, 20, 1, true, 2_000)).with(new Pages(5, 1_000, false, false));
        World world = new World(new Random(7), plan);
        DynamoDbService service = world.service();
        List<Long> off = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            world.pass(700);
            Set<String> before = records(world, service).keySet();
            world.happen();
            Map<String, StreamRecord> after = records(world, service);
            after.keySet().removeAll(before);
            after.values().forEach(record -> {
                assertThat(record.created().toEpochMilli() % 1_000).isZero();
                off.add(record.created().toEpochMilli() - world.now());
            });
        }

        assertThat(off).allMatch(millis -> millis > -3_000 && millis <= 2_000);
        assertThat(off).anyMatch(millis -> millis > 1_000).anyMatch(millis -> millis < -2_000);
    }

    private static Map<String, StreamRecord> records(World world, DynamoDbService service) {
        Map<String, StreamRecord> records = new LinkedHashMap<>();
        for (ShardLife life : shards(world)) {
            for (ShardPage page : pages(life.shard(), service)) {
                page.records().forEach(record -> records.put(record.sequenceNumber(), record));
            }
        }
        return records;
    }

    private static Map<String, Answer<?>> everyCall(World world, DynamoDbService service) {
        ShardKey shard = shards(world).get(shards(world).size() - 1).shard();
        Answer<String> iterator = service.shardIterator(shard, ShardPosition.BEGINNING);
        Map<String, Answer<?>> answers = new LinkedHashMap<>();
        answers.put("DescribeTable", service.describeTable(TABLE));
        answers.put("DescribeStream", service.listShards(shard.streamArn()));
        answers.put("Scan", service.scan(request(ScanPosition.START)));
        answers.put("GetShardIterator", iterator);
        if (iterator instanceof Answer.Ok<String> ok) {
            answers.put("GetRecords", service.records(shard, ok.value()));
        }
        return answers;
    }

    private static ShardListing listing(World world, DynamoDbService service) {
        return ok(service.listShards(arn(world)));
    }

    private static List<ShardLife> shards(World world) {
        return List.copyOf(world.truth().shards(arn(world)));
    }

    private static String arn(World world) {
        return world.truth().streams(TABLE).get(0).streamArn();
    }
}
