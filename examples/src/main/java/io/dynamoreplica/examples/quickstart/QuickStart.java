/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The program of the quick start. It exits with 0 only if the replica equals the table and both the
 * copy and the stream contributed to it.
 */
public final class QuickStart {

    private static final int ORDERS = 20_000;
    private static final long SEED = 2026;
    private static final int FLINK_WEB_PORT = 8081;

    private static final Duration WRITES = Duration.ofSeconds(30);

    /** The stream alone can bring the changes that are made in this time. */
    private static final Duration WRITES_AFTER_HAND_OVER = Duration.ofSeconds(10);

    /** On a slow machine the copy takes longer than {@link #WRITES}. */
    private static final Duration HAND_OVER_LIMIT = Duration.ofMinutes(3);

    private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final OrdersTable table;
    private final Replica replica;
    private final ReplicationJob job;
    private final ProgressLine progress = new ProgressLine(System.out);
    private PhaseCounts phases = PhaseCounts.NONE;

    private QuickStart(OrdersTable table, Replica replica, ReplicationJob job) {
        this.table = table;
        this.replica = replica;
        this.job = job;
    }

    public static void main(String[] args) {
        boolean passed = false;
        try {
            passed = run(Set.of(args).contains("--keep-running"));
        } catch (Exception e) {
            System.err.println("The quick start failed:");
            e.printStackTrace();
        }
        // Flink leaves threads behind that would keep the process.
        System.exit(passed ? 0 : 1);
    }

    private static boolean run(boolean keepRunning) throws Exception {
        say("Starting DynamoDB Local (AWS's own test server; its licence: use, no redistribution)");
        try (DynamoDbLocal server = DynamoDbLocal.start();
                OrdersTable table = OrdersTable.create(server.endpoint());
                Replica replica = Replica.create()) {
            say("Loading %,d orders into its table '%s'", ORDERS, OrdersTable.NAME);
            OrderGenerator generator = new OrderGenerator(SEED);
            List<Map<String, AttributeValue>> orders = IntStream.rangeClosed(1, ORDERS)
                    .mapToObj(n -> generator.order(n, System.currentTimeMillis()))
                    .toList();
            table.load(orders);
            say("Starting Flink and the job in quickstart.sql; its log is examples/target/quickstart.log");
            try (ReplicationJob job = ReplicationJob.submit(server.endpoint(), Replica.URL, freeWebPort());
                    LiveWrites writes = new LiveWrites(table, generator, orders)) {
                say("Flink's web UI: %s    DynamoDB: %s", job.webUi(), server.endpoint());
                boolean passed = new QuickStart(table, replica, job).replicate(writes);
                if (keepRunning) {
                    say("Everything keeps running. Press Ctrl-C to stop.");
                    new CountDownLatch(1).await();
                }
                return passed;
            }
        }
    }

    private boolean replicate(LiveWrites writes) throws SQLException, ExecutionException, InterruptedException {
        say("Writing to the table during and after the copy: changes, new orders, deletes");
        Lag lag = new Lag(System.currentTimeMillis());
        writes.start();
        showProgressUntilWritten(writes, lag);
        writes.stop();
        progress.end();
        say("Writes stopped after %,d; waiting for the replica to catch up", writes.made());
        ReplicaComparison comparison = compareUntilEqual();
        progress.end();

        Map<OrderKey, OrderRow> rows = replica.rows();
        long deleted = writes.deletedSinceHandOver().stream()
                .filter(key -> !rows.containsKey(key))
                .count();
        boolean passed = comparison.isEqual() && phases.bothApplied(deleted);
        say("");
        say("Copy:    at least %,d rows written by the parallel Scan", phases.copied());
        say(
                "Stream:  %,d rows last written by a MODIFY, %,d copied rows taken away by a REMOVE",
                phases.modified(), deleted);
        say("Replica: %s", comparison.report());
        say(passed ? "PASSED: the replica equals the table." : "FAILED");
        say("");
        say("Next: read examples/src/main/resources/quickstart.sql, the whole job;");
        say("      run './quickstart --keep-running' and look around in the web UI.");
        return passed;
    }

    private void showProgressUntilWritten(LiveWrites writes, Lag lag)
            throws SQLException, ExecutionException, InterruptedException {
        long start = System.nanoTime();
        long handOver = 0;
        while (true) {
            long now = System.nanoTime();
            boolean longEnough = now - start >= WRITES.toNanos();
            boolean streamed = phases.copyIsComplete() && now - handOver >= WRITES_AFTER_HAND_OVER.toNanos();
            if (longEnough && streamed || now - start >= HAND_OVER_LIMIT.toNanos()) {
                return;
            }
            look(writes.made(), lag);
            if (handOver == 0 && phases.copyIsComplete()) {
                handOver = System.nanoTime();
                writes.copyIsComplete();
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }

    private ReplicaComparison compareUntilEqual() throws SQLException, ExecutionException, InterruptedException {
        Map<OrderKey, OrderRow> expected = table.expectedRows();
        long deadline = System.nanoTime() + CATCH_UP_LIMIT.toNanos();
        while (true) {
            job.checkRunning();
            phases = phases.seen(replica.rowsByOperation());
            ReplicaComparison comparison = ReplicaComparison.of(expected, replica.rows());
            progress.show("%,d of %,d items equal", comparison.equal(), comparison.items());
            if (comparison.isEqual() || System.nanoTime() >= deadline) {
                return comparison;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
    }

    private void look(long writesMade, Lag lag) throws SQLException, ExecutionException, InterruptedException {
        job.checkRunning();
        phases = phases.seen(replica.rowsByOperation());
        progress.show(
                "writes %,d | rows copied %,d | by the stream %,d | %s",
                writesMade,
                phases.copied(),
                phases.streamed(),
                lag.inWords(replica.newestChange(), System.currentTimeMillis()));
    }

    /** Finds a port for Flink's web UI: the usual one, or any free port if that is taken. */
    private static int freeWebPort() throws IOException {
        try (ServerSocket usual = new ServerSocket(FLINK_WEB_PORT)) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket any = new ServerSocket(0)) {
                return any.getLocalPort();
            }
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(format.formatted(values));
    }
}
