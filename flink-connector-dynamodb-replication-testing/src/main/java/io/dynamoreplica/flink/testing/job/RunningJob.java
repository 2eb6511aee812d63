/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.testing.Eventually;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.util.ExceptionUtils;

/** A submitted job. It is cancelled at the latest when it is closed. */
public final class RunningJob implements AutoCloseable {

    private final FlinkCluster cluster;
    private final JobClient client;
    private final String name;
    private final CompletableFuture<JobExecutionResult> result;

    RunningJob(FlinkCluster cluster, JobClient client, String name) {
        this.cluster = cluster;
        this.client = client;
        this.name = name;
        this.result = client.getJobExecutionResult();
    }

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError if it does not hold within a minute, or if the job fails first
     */
    public void until(String what, Eventually.Condition condition) {
        until(what, Eventually.LIMIT, condition);
    }

    /** Waits as {@link #until(String, Eventually.Condition)} does, with another limit. */
    public void until(String what, Duration limit, Eventually.Condition condition) {
        Eventually.holds(what, limit, () -> {
            if (result.isCompletedExceptionally()) {
                throw new AssertionError("The job ended while the test waited for: " + what, failureOf(result));
            }
            return condition.holds();
        });
    }

    /** Waits until the job has finished by itself. */
    public void awaitFinished() throws Exception {
        result.get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Waits until the job has failed permanently.
     *
     * @return its failure with all causes, as text
     */
    public String awaitFailure() throws Exception {
        Eventually.holds("the job fails", result::isDone);
        if (!result.isCompletedExceptionally()) {
            throw new AssertionError("The job finished instead of failing");
        }
        return ExceptionUtils.stringifyException(failureOf(result));
    }

    /**
     * Waits until the table is in this phase. Use it for a phase that does not end before the test
     * does something; other phases may be missed.
     */
    public void awaitPhase(Phase phase, String table) {
        until(
                "table " + table + " is " + phase,
                () -> phase(table).filter(phase::equals).isPresent());
    }

    /** Returns the table's phase as shown by the metric of that name; empty before it is known. */
    public Optional<Phase> phase(String table) {
        return SeenMetrics.ofTable(name, table, "phase").flatMap(number -> Arrays.stream(Phase.values())
                .filter(phase -> phase.number() == (int) number)
                .findFirst());
    }

    /** Changes the parallelism while the job runs. Needs an adaptive cluster. */
    public void rescale(int subtasks) throws Exception {
        cluster.rescale(client.getJobID(), subtasks);
        until("the job is rescaled", () -> cluster.runsAt(client.getJobID(), subtasks));
    }

    /** Waits for a checkpoint that begins now, or as soon as all tasks run. */
    public void checkpoint() {
        until("a checkpoint is taken", () -> cluster.takesCheckpoint(client.getJobID()));
    }

    /** Takes a savepoint as soon as all tasks run. The job goes on. */
    public String savepoint() throws Exception {
        awaitTasks();
        return savepointNow();
    }

    /**
     * Waits until all tasks run, because Flink takes no savepoint before that. A checkpoint would
     * have more effects than a wait.
     */
    private void awaitTasks() {
        until("all tasks run", () -> cluster.allTasksRun(client.getJobID()));
    }

    private String savepointNow() throws Exception {
        return client.triggerSavepoint(cluster.savepointFolder(), SavepointFormatType.CANONICAL)
                .get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Takes a savepoint, after which nothing is emitted, and ends the job. */
    public String stopWithSavepoint() throws Exception {
        awaitTasks();
        String savepoint = client.stopWithSavepoint(false, cluster.savepointFolder(), SavepointFormatType.CANONICAL)
                .get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
        awaitFinished();
        return savepoint;
    }

    public JobStatus status() throws Exception {
        return client.getJobStatus().get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns a counter, summed over all subtasks and attempts. */
    public long counter(String metric) {
        return SeenMetrics.sum(name, metric);
    }

    /**
     * Returns a gauge that the job has once, such as a gauge of the enumerator of a job with one
     * table.
     */
    public long gauge(String metric) {
        return SeenMetrics.gauge(name, metric);
    }

    /** Returns the values of a gauge that every subtask has, in no order. */
    public List<Long> gauges(String metric) {
        return SeenMetrics.gauges(name, metric);
    }

    /** Forgets the counters of the job, for a test that runs for long. */
    public void forgetCounters() {
        SeenMetrics.forget(name);
    }

    /**
     * Takes a savepoint, deletes it, and returns its size, with the state of readers, enumerator
     * and consumer. Empty if no savepoint can be taken, for example while a task restarts.
     */
    public OptionalLong savepointBytes() throws Exception {
        Path folder;
        try {
            folder = Path.of(URI.create(savepointNow()));
        } catch (ExecutionException notNow) {
            return OptionalLong.empty();
        }
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
                Files.delete(path);
            }
        }
        return OptionalLong.of(bytes);
    }

    @Override
    public void close() throws Exception {
        if (!result.isDone()) {
            client.cancel();
            Eventually.holds("the job has ended", result::isDone);
        }
    }

    private static Throwable failureOf(CompletableFuture<?> failed) {
        try {
            failed.get();
            throw new IllegalStateException("The job did not fail");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }
}
