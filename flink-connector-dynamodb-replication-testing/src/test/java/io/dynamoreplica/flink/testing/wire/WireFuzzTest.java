/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.Items;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test of the SDK and the adapter with answers that are damaged at random, each by a seed. Every
 * call ends in time: with the true answer, with a refusal, or with an error that names what it does
 * not know. Any other result is allowed only where DynamoDB could have given that answer.
 *
 * <p>To use other seeds: {@code -Dfuzz.seeds=1..100000}.
 */
@Timeout(600)
class WireFuzzTest {

    private static final String[] SEEDS =
            System.getProperty("fuzz.seeds", "1..500").split("\\.\\.");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The timeout and the extra time that an overloaded machine needs. */
    private static final Duration IN_TIME = TIMEOUT.plusSeconds(30);

    /**
     * The number of services. Several are used because each service paces its DescribeStream calls.
     */
    private static final int SERVICES = 20;

    private static final List<DynamoDbService> SERVICES_IN_TURN = new ArrayList<>();
    private static WireDynamoDb wire;
    private static PortCalls calls;

    /** The result of a damaged answer. */
    private enum Outcome {
        THE_TRUTH,
        ANOTHER_ANSWER,
        REFUSED,
        NOT_UNDERSTOOD
    }

    @BeforeAll
    static void open() {
        wire = WireDynamoDb.start();
        wire.db().behaviour().scanPageItems(3).recordsPerPage(6);
        IntStream.range(0, SERVICES)
                .mapToObj(i -> wire.connect(Map.of("aws.request.timeout", "10 s")))
                .forEach(SERVICES_IN_TURN::add);
        FakeTable table = wire.db().createTable(TableSpec.named("orders").withShards(2));
        wire.db().createTable(TableSpec.named("customers"));
        IntStream.range(0, 20).forEach(i -> table.put(everyType(i)));
        table.expire(everyType(0));
        table.put(item("id", "k0").n("version", 2).build());
        table.delete(item("id", "k0").build());
        String shardId = table.shardOf(item("id", "k0").build());
        calls = PortCalls.about(table.stream().key(shardId), SERVICES_IN_TURN.get(0));
        table.stream().rollOver(table.stream().openShards().get(0));
    }

    private static MapItem everyType(int number) {
        return item("id", "k" + number)
                .n("version", 1)
                .b("bytes", (byte) 1, (byte) -1)
                .bool("yes", true)
                .nul("nothing")
                .ss("texts", "a", "b")
                .ns("numbers", "1", "2.5")
                .list("list", new AttributeValue.S("first"), new AttributeValue.N("2"))
                .map("map", Items.item("inner", "text").n("depth", 2))
                .build();
    }

    @AfterAll
    static void close() {
        SERVICES_IN_TURN.forEach(DynamoDbService::close);
        wire.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingButTheTruthIsTakenForIt(WireOperation operation) {
        Object truth = WholeAnswers.whole(ok(calls.make(operation, SERVICES_IN_TURN.get(0))));
        Map<String, Integer> counts = new TreeMap<>();
        List<String> failed = new ArrayList<>();
        seeds().forEach(seed -> {
            String ended = meet(operation, seed, truth);
            counts.merge(ended.split(": ")[0], 1, Integer::sum);
            if (ended.startsWith("FAILED")) {
                failed.add(ended);
            }
        });
        System.out.println(operation + ", damaged answers: " + counts);
        assertThat(failed).isEmpty();
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(Long.parseLong(SEEDS[0]), Long.parseLong(SEEDS[1]));
    }

    /** Runs one seed and returns the outcome, or a text that describes the failure. */
    private static String meet(WireOperation operation, long seed, Object truth) {
        Deque<AnswerDamage> damages = new ConcurrentLinkedDeque<>();
        WireFault fault = WireFault.damage("seed " + seed, reply -> {
            damages.add(AnswerDamage.of(seed, reply));
            return damages.getLast();
        });
        wire.faults().always(operation, fault);
        long begin = System.nanoTime();
        String outcome;
        try {
            outcome = judged(operation, seed, truth, damages);
        } catch (Throwable broken) {
            outcome = "FAILED: threw " + broken;
        } finally {
            wire.faults().lift(fault);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(IN_TIME) > 0) {
            outcome = "FAILED: took " + took;
        }
        return outcome.startsWith("FAILED")
                ? "%s (%s, seed %s, %s)"
                        .formatted(outcome, operation, seed, damages.peek().name())
                : outcome;
    }

    private static String judged(WireOperation operation, long seed, Object truth, Deque<AnswerDamage> damages) {
        DynamoDbService service = SERVICES_IN_TURN.get((int) (seed % SERVICES));
        Outcome outcome;
        try {
            Answer<?> answer = calls.make(operation, service);
            if (answer instanceof Answer.Ok<?> given) {
                Object whole = WholeAnswers.whole(given.value());
                outcome = whole.equals(truth) ? Outcome.THE_TRUTH : Outcome.ANOTHER_ANSWER;
            } else {
                outcome = Outcome.REFUSED;
            }
        } catch (ReplicationException plain) {
            outcome = Outcome.NOT_UNDERSTOOD;
        }
        Expectation expected = damages.getFirst().expectation();
        boolean fits =
                switch (expected) {
                    case THE_TRUTH -> outcome == Outcome.THE_TRUTH;
                    case REFUSED_OR_THE_TRUTH -> outcome == Outcome.THE_TRUTH || outcome == Outcome.REFUSED;
                    case REFUSED -> outcome == Outcome.REFUSED || outcome == Outcome.NOT_UNDERSTOOD;
                    case WHOLE -> true;
                };
        return fits ? outcome.name() : "FAILED: " + outcome + " instead of " + expected;
    }
}
