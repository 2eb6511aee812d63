/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.ScanStop;
import io.dynamoreplica.flink.testing.wire.ErrorCode;
import io.dynamoreplica.flink.testing.wire.WireFault;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests in which the connection, or the server behind it, breaks in the middle of the copy and again in the middle
 * of the stream. Scan in the copy, and every other call in the stream, meets each fault twice in a row. The job
 * never restarts, and every change arrives once.
 */
class BrokenWireIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private static final List<WireOperation> IN_THE_STREAM = List.of(
            WireOperation.GET_RECORDS,
            WireOperation.GET_SHARD_ITERATOR,
            WireOperation.DESCRIBE_STREAM,
            WireOperation.DESCRIBE_TABLE);

    /** One time more than the SDK retries. */
    private static final int STRIKES = 2;

    /** The number of strikes of one fault, those on Scan included. */
    private static final int ALL = STRIKES * (1 + IN_THE_STREAM.size());

    @RegisterExtension
    final Orders orders = Orders.inShards(1);

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "permissions come and go",
                        List.of(
                                WireFault.refusal(ErrorCode.ACCESS_DENIED),
                                WireFault.refusal(ErrorCode.EXPIRED_TOKEN))),
                Arguments.of(
                        "the server has errors",
                        List.of(
                                WireFault.refusal(ErrorCode.INTERNAL_SERVER_ERROR),
                                WireFault.refusal(ErrorCode.SERVICE_UNAVAILABLE),
                                WireFault.html(502))),
                Arguments.of(
                        "connections are cut",
                        List.of(
                                WireFault.cutBeforeTheAnswer(),
                                WireFault.resetBeforeTheAnswer(),
                                WireFault.cutInTheBody(),
                                WireFault.resetInTheBody())),
                Arguments.of(
                        "answers do not come to their end",
                        List.of(
                                WireFault.slowBody(Duration.ofMillis(500)),
                                WireFault.silence(),
                                WireFault.bodyThatNeverEnds())),
                Arguments.of(
                        "answers are not what DynamoDB sent",
                        List.of(
                                WireFault.wrongChecksum(),
                                WireFault.malformedJson(),
                                WireFault.truncatedJson(),
                                WireFault.emptyBody(),
                                WireFault.emptyObject())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void theJobGoesOnAndLosesNothing(String story, List<WireFault> faults) throws Exception {
        orders.db().faults().stall("later pages", ScanStop.afterPages(orders.db(), 1));
        try (RunningJob job = orders.job(FLINK)
                .option("scan.snapshot.total-segments", "4")
                .option("aws.request.timeout", "2 s")
                .start(orders.replica())) {
            job.until("the copy has begun", () -> orders.replica().size() > 0);
            faults.forEach(fault -> breakNext(fault, WireOperation.SCAN));
            orders.db().faults().release("later pages");
            orders.untilEqual(job);
            for (WireFault fault : faults) {
                assertThat(orders.wire().faults().met(fault)).isEqualTo(STRIKES);
                IN_THE_STREAM.forEach(operation -> breakNext(fault, operation));
                writeAroundARollOver(2 + 2 * faults.indexOf(fault));
                orders.untilEqual(job);
                job.until(
                        "each call has met the fault",
                        () -> orders.wire().faults().met(fault) == ALL);
            }
        }
        assertThat(orders.replica().count(Operation.READ)).isEqualTo(Orders.ITEMS);
        assertThat(orders.replica().count(Operation.MODIFY)).isEqualTo(2L * faults.size() * Orders.ITEMS);
    }

    private void writeAroundARollOver(int version) {
        orders.table().load(0, Orders.ITEMS, version);
        orders.stream().rollOver(orders.shard());
        orders.table().load(0, Orders.ITEMS, version + 1);
    }

    private void breakNext(WireFault fault, WireOperation operation) {
        orders.wire().faults().next(STRIKES, operation, fault);
    }
}
