/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.cluster.Replication.Places;
import io.dynamoreplica.flink.testing.DynamoDbLocalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A run with all its processes, and the steps that it can take. In every case, {@link #close} ends
 * all processes.
 */
final class ReplicationRun implements AutoCloseable {

    private static final int ITEMS = 100_000;

    /** The range of order numbers that are written. A tenth of the written orders is new. */
    private static final int WRITTEN = 110_000;

    private static final long SEED = 22;
    private static final Duration LIMIT = Duration.ofMinutes(6);

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final RunProgress progress;
    private final Path folder;
    private final OrdersTable orders;
    private final DerbyReplica replica;
    private final Replication replication;
    private Writes writes;
    private Map<Order.Key, Order> expected = Map.of();
    private ClusterUnderTest cluster;
    private SubmittedJob job;
    private String savepoint;

    /** The vertices of all submitted jobs. */
    private final Set<String> vertices = new TreeSet<>();

    /** The epochs of all copies that were seen. */
    private final Set<Long> epochs = new TreeSet<>();

    private ReplicationRun(String name, Function<Places, Replication> way) throws Exception {
        progress = new RunProgress(name);
        folder = Path.of(System.getProperty("cluster.runs"), name + "-" + System.currentTimeMillis());
        Files.createDirectories(folder);
        try {
            DynamoDbLocalServer dynamoDb = opened(DynamoDbLocalServer.start());
            orders = opened(new OrdersTable(dynamoDb.endpoint()));
            DerbyServer derby = opened(DerbyServer.start(progress));
            replica = opened(new DerbyReplica(derby.url(name)));
            replication = way.apply(new Places(dynamoDb.endpoint(), derby.url(name), folder.resolve("checkpoints")));
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /** The steps of a run. */
    @FunctionalInterface
    interface Story {
        void happensIn(ReplicationRun run) throws Exception;
    }

    /**
     * Runs a story, from its preparation to the end of all processes.
     *
     * @throws AssertionError if the run fails; the message names the folder with the logs
     */
    static void tell(String name, Function<Places, Replication> way, Story story) throws Exception {
        try (ReplicationRun run = new ReplicationRun(name, way)) {
            try {
                story.happensIn(run);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("Run " + name + " failed; the logs of all processes are in " + run.folder, e);
            }
        }
    }

    void loadTableAndKeepWriting() throws Exception {
        progress.say("loading %,d items".formatted(ITEMS));
        orders.load(ITEMS);
        orders.enableStream();
        progress.say("loaded");
        writes = opened(new Writes(orders, WRITTEN, SEED));
    }

    /** Starts Flink, in place of a running one if there is one. */
    void startFlink(FlinkRelease release) throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        cluster = opened(ClusterUnderTest.start(release, folder.resolve("flink-" + release.version()), progress));
    }

    void begin(int parallelism) throws Exception {
        submit(parallelism, Optional.empty());
    }

    void resume(int parallelism) throws Exception {
        submit(parallelism, Optional.of(savepoint));
    }

    void awaitRows(int rows) throws Exception {
        progress.await(
                "%,d rows in the replica".formatted(rows),
                LIMIT,
                this::state,
                () -> replica.size() >= rows && job.completedCheckpoints() > 0);
    }

    void killTaskManagerWhileScanning() throws Exception {
        // The rows are in the replica before the REST API shows the phase, because its values are
        // delayed.
        progress.await("the table is scanned", LIMIT, this::state, () -> job.phase() == SubmittedJob.SCANNING);
        epochs.add(job.epoch());
        killTaskManager();
        assertCopyIsUnfinished();
    }

    void killTaskManagerWhileStreaming() throws Exception {
        assertThat(job.phase()).isEqualTo(SubmittedJob.STREAMING);
        killTaskManager();
    }

    void stopWhileScanning() throws Exception {
        stop();
        assertCopyIsUnfinished();
    }

    void stopWhileStreaming() throws Exception {
        assertThat(job.phase()).isEqualTo(SubmittedJob.STREAMING);
        stop();
    }

    /** Waits until a write made now has arrived through the stream. */
    void awaitStream() throws Exception {
        // A mark that is written before the copy is complete may be scanned.
        progress.await("the copy is complete", LIMIT, this::state, () -> job.phase() == SubmittedJob.STREAMING);
        Order.Key mark = writes.mark().key();
        progress.await("a write made now is in the replica", LIMIT, this::state, () -> replica.holds(mark));
    }

    void stopWrites() throws Exception {
        writes.stop();
        progress.say("no more writes after " + writes.counts());
        expected = orders.contents();
    }

    /**
     * Waits until the replica equals the table, and checks that it stays equal over two
     * checkpoints.
     */
    void awaitEquality() throws Exception {
        progress.await("the replica equals the table", LIMIT, () -> comparison().toString(), () -> comparison()
                .isEqual());
        int before = job.completedCheckpoints();
        progress.await("two more checkpoints", LIMIT, this::state, () -> job.completedCheckpoints() >= before + 2);
        Comparison atTheEnd = comparison();
        progress.say("at the end: " + atTheEnd);
        assertThat(atTheEnd.isEqual()).as(atTheEnd.toString()).isTrue();
    }

    /** Counts the copies that the source reported or that the rows contain. */
    int copies() throws Exception {
        epochs.add(job.epoch());
        epochs.addAll(replica.epochs());
        return epochs.size();
    }

    /** Returns the vertices of all submitted jobs. */
    Set<String> vertices() {
        return vertices;
    }

    /**
     * Deletes one row and changes another one without the job, and checks that the comparison finds
     * both.
     */
    void tamperWithTheReplica() throws Exception {
        List<Long> two =
                expected.keySet().stream().map(Order.Key::number).limit(2).toList();
        replica.update("DELETE FROM replica WHERE number = " + two.get(0));
        replica.update("UPDATE replica SET total = total + 0.01 WHERE number = " + two.get(1));
        Comparison tampered = comparison();
        progress.say("after tampering with two rows: " + tampered);
        assertThat(tampered.differences()).hasSize(2);
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void submit(int parallelism, Optional<String> from) throws Exception {
        job = cluster.submit(replication.client(folder, parallelism, from));
        job.awaitRunning();
        vertices.addAll(job.vertices());
    }

    private void killTaskManager() throws Exception {
        int restores = job.restores();
        progress.say(state());
        cluster.replaceOneTaskManager();
        progress.await(
                "the job goes on from a checkpoint", LIMIT, this::state, () -> job.restores() > restores && job.runs());
    }

    /**
     * Checks that the copy is not complete. A complete copy has about as many rows as were loaded.
     */
    private void assertCopyIsUnfinished() throws Exception {
        assertThat(replica.size()).as("rows, while the copy is unfinished").isLessThan(ITEMS * 9 / 10);
    }

    /**
     * Waits for a checkpoint of all tasks and stops with a savepoint. Without an exchange, a killed
     * TaskManager takes only its own tasks along. The other tasks go on, so the job seems to be
     * running before all tasks run again.
     */
    private void stop() throws Exception {
        int before = job.completedCheckpoints();
        progress.await("a new checkpoint of all tasks", LIMIT, this::state, () -> job.completedCheckpoints() > before);
        savepoint = job.stopWithSavepoint(folder.resolve("savepoints"));
    }

    private Comparison comparison() throws Exception {
        return Comparison.of(expected, replica.contents());
    }

    private String state() throws Exception {
        return "%,d rows; %s; %s".formatted(replica.size(), job.status(), writes.counts());
    }

    private <T extends AutoCloseable> T opened(T resource) {
        toClose.push(resource);
        return resource;
    }
}
