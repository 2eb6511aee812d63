/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import static io.dynamoreplica.flink.testing.contract.Answers.ok;
import static io.dynamoreplica.flink.testing.contract.Answers.refused;
import static io.dynamoreplica.flink.testing.fake.Items.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that the connector's adapter refuses a damaged answer in time and completely. It never
 * takes the answer for half a page, for the end of a segment or for the end of a shard.
 */
@Timeout(120)
class WireFaultsTest {

    private static final int ITEMS = 50;
    private static final Map<String, String> IMPATIENT = Map.of("aws.request.timeout", "3 s");

    /** A limit that is much longer than the timeout, and much shorter than a hanging call. */
    private static final Duration IN_TIME = Duration.ofSeconds(30);

    private static WireDynamoDb wire;
    private static DynamoDbService service;
    private static FakeTable table;
    private static PortCalls calls;

    @BeforeAll
    static void open() {
        wire = WireDynamoDb.start();
        service = wire.connect(Map.of());
        table = wire.db().createTable(TableSpec.named("orders"));
        IntStream.range(0, ITEMS).forEach(i -> table.put(item("id", "k" + i).build()));
        String shardId = table.stream().openShards().get(0);
        calls = PortCalls.about(table.stream().key(shardId), service);
    }

    @AfterEach
    void lift() {
        wire.faults().clear();
    }

    @AfterAll
    static void close() {
        service.close();
        wire.close();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                        WireFault.cutBeforeTheAnswer(),
                        WireFault.resetBeforeTheAnswer(),
                        WireFault.cutInTheBody(),
                        WireFault.resetInTheBody(),
                        WireFault.wrongChecksum(),
                        WireFault.malformedJson(),
                        WireFault.truncatedJson(),
                        WireFault.emptyBody(),
                        WireFault.emptyObject(),
                        WireFault.html(200),
                        WireFault.html(500),
                        WireFault.html(503))
                .flatMap(fault -> Stream.of(WireOperation.values()).map(operation -> Arguments.of(fault, operation)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("damages")
    void aDamagedAnswerIsUnavailableAndTheNextOneIsGood(WireFault fault, WireOperation operation) {
        wire.faults().always(operation, fault);

        assertThat(refused(calls.make(operation, service))).isEqualTo(Refusal.Kind.UNAVAILABLE);

        assertThat(wire.faults().met(fault)).isPositive();
        wire.faults().lift(fault);
        assertWhole(calls.make(operation, service));
    }

    static Stream<WireFault> delays() {
        return Stream.of(
                WireFault.silence(),
                WireFault.bodyThatNeverComes(),
                WireFault.bodyThatStopsHalfway(),
                WireFault.bodyThatNeverEnds(),
                WireFault.slowBody(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @MethodSource("delays")
    void anAnswerThatDoesNotComeToItsEndIsUnavailableInTime(WireFault fault) {
        try (DynamoDbService impatient = wire.connect(IMPATIENT)) {
            wire.faults().always(WireOperation.SCAN, fault);
            wire.faults().always(WireOperation.GET_RECORDS, fault);

            Instant begin = Instant.now();
            assertThat(refused(calls.make(WireOperation.SCAN, impatient))).isEqualTo(Refusal.Kind.UNAVAILABLE);
            assertThat(refused(calls.make(WireOperation.GET_RECORDS, impatient)))
                    .isEqualTo(Refusal.Kind.UNAVAILABLE);

            assertThat(Duration.between(begin, Instant.now())).isLessThan(IN_TIME);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(wire.faults().met(fault)).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatWasGivenUpIsClosed() {
        try (WireDynamoDb other = WireDynamoDb.start();
                DynamoDbService impatient = other.connect(IMPATIENT)) {
            WireFault fault = WireFault.bodyThatStopsHalfway();
            other.faults().always(WireOperation.DESCRIBE_TABLE, fault);

            assertThat(refused(impatient.describeTable("orders"))).isEqualTo(Refusal.Kind.UNAVAILABLE);

            Eventually.holds("no connection is open", () -> other.connections() == 0);
        }
    }

    @Test
    void anAnswerThatIsSlowAndComesInTimeIsWhole() {
        WireFault fault = WireFault.slowBody(Duration.ofMillis(500));
        wire.faults().next(1, WireOperation.SCAN, fault);

        assertWhole(calls.make(WireOperation.SCAN, service));

        assertThat(wire.faults().met(fault)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "RESOURCE_NOT_FOUND, NOT_FOUND",
        "TRIMMED_DATA_ACCESS, TRIMMED",
        "EXPIRED_ITERATOR, ITERATOR_EXPIRED",
        "PROVISIONED_THROUGHPUT_EXCEEDED, THROTTLED",
        "LIMIT_EXCEEDED, THROTTLED",
        "THROTTLING, THROTTLED",
        "ACCESS_DENIED, DENIED",
        "EXPIRED_TOKEN, DENIED",
        "VALIDATION, INVALID",
        "UNKNOWN_OPERATION, UNKNOWN",
        "SERIALIZATION, UNKNOWN",
        "INTERNAL_SERVER_ERROR, UNAVAILABLE",
        "SERVICE_UNAVAILABLE, UNAVAILABLE",
    })
    void aRefusalIsKnownByItsCodeInWhateverNamespace(ErrorCode code, Refusal.Kind kind) {
        wire.faults().next(1, WireOperation.GET_RECORDS, WireFault.refusal(code));

        Answer<?> answer = calls.make(WireOperation.GET_RECORDS, service);

        assertThat(refused(answer)).isEqualTo(kind);
        assertThat(((Answer.Refused<?>) answer).refusal().message()).contains("because of the test's script");
    }

    @Test
    void aPermissionThatComesAndGoesIsDeniedAndGrantedByTurns() {
        WireFault fault = WireFault.refusal(ErrorCode.ACCESS_DENIED);
        wire.faults().sometimes(7, 0.5, WireRequest.toTable("orders"), fault);

        long denied = IntStream.range(0, 20)
                .mapToObj(i -> calls.make(WireOperation.SCAN, service))
                .filter(Answer.Refused.class::isInstance)
                .count();

        assertThat(denied).isEqualTo(wire.faults().met(fault)).isBetween(1L, 19L);
    }

    @Test
    void aSeedDecidesWhichRequestsAreStruck() {
        WireFault fault = WireFault.html(500);

        assertThat(struck(3, fault)).isEqualTo(struck(3, fault)).isNotEqualTo(struck(4, fault));
    }

    private static String struck(long seed, WireFault fault) {
        WireFaults faults = new WireFaults();
        faults.sometimes(seed, 0.5, request -> true, fault);
        return IntStream.range(0, 100)
                .mapToObj(i -> faults.meet(null).isPresent() ? "x" : "-")
                .reduce("", String::concat);
    }

    @Test
    void faultsStrikeAsOftenAsTheyAreScripted() {
        WireFault first = WireFault.refusal(ErrorCode.THROTTLING);
        WireFault second = WireFault.refusal(ErrorCode.ACCESS_DENIED);
        wire.faults().next(2, WireRequest.toShard(calls.shard().shardId()), first);
        wire.faults().always(WireOperation.GET_RECORDS, second);

        assertThat(refused(calls.make(WireOperation.GET_SHARD_ITERATOR, service)))
                .isEqualTo(Refusal.Kind.THROTTLED);
        assertThat(refused(calls.make(WireOperation.GET_RECORDS, service))).isEqualTo(Refusal.Kind.THROTTLED);
        assertThat(refused(calls.make(WireOperation.GET_RECORDS, service))).isEqualTo(Refusal.Kind.DENIED);
        assertWhole(calls.make(WireOperation.GET_SHARD_ITERATOR, service));
        wire.faults().lift(second);
        assertWhole(calls.make(WireOperation.GET_RECORDS, service));

        assertThat(wire.faults().met(first)).isEqualTo(2);
        assertThat(wire.faults().met(second)).isEqualTo(1);
    }

    private static void assertWhole(Answer<?> answer) {
        Object value = ok(answer);
        if (value instanceof ScanPage page) {
            assertThat(page.items()).hasSize(ITEMS);
        } else if (value instanceof ShardPage page) {
            assertThat(page.records()).hasSize(ITEMS);
            assertThat(page.nextIterator()).isPresent();
        } else if (value instanceof List<?> names) {
            assertThat(names).isEqualTo(List.of("orders"));
        }
    }
}
