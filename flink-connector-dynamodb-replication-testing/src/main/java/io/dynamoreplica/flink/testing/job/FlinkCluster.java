/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.testing.Eventually;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionJobVertex;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Flink cluster in this JVM for all test classes of a run. A second one serves classes that
 * rescale:
 *
 * <pre>{@code
 * @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
 * }</pre>
 *
 * <p>Jobs are submitted through the REST address, as to any remote cluster: only these methods
 * exist in both the oldest and the newest Flink.
 */
public final class FlinkCluster implements BeforeAllCallback {

    private static final int TASK_MANAGERS = 2;
    private static final int SLOTS_EACH = 3;

    private final Map<String, String> settings;
    private Running running;

    public FlinkCluster() {
        this(Map.of());
    }

    /**
     * Uses a separate cluster for all classes that need the same settings.
     *
     * @param settings of the cluster, not of a job
     */
    public FlinkCluster(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** Returns a cluster whose jobs can be rescaled while they run. */
    public static FlinkCluster adaptive() {
        Map<String, String> settings = new HashMap<>();
        settings.put("jobmanager.scheduler", "adaptive");
        for (String wait : List.of(
                "scaling-interval.min",
                "executing.cooldown-after-rescaling",
                "executing.resource-stabilization-timeout",
                "resource-stabilization-timeout",
                "submission.resource-stabilization-timeout")) {
            settings.put("jobmanager.adaptive-scheduler." + wait, "0 s");
        }
        return new FlinkCluster(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(settings, Running::started, Running.class);
    }

    /** Returns an environment whose jobs run here. */
    public StreamExecutionEnvironment environment(Configuration configuration) {
        return StreamExecutionEnvironment.createRemoteEnvironment(
                running.rest().getHost(), running.rest().getPort(), configuration);
    }

    /**
     * Takes a checkpoint, whether or not the job takes any itself, and waits for it.
     *
     * @return false if no checkpoint can be taken, for example before all tasks run
     */
    boolean takesCheckpoint(JobID job) throws Exception {
        try {
            running.cluster().triggerCheckpoint(job).get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (ExceptionUtils.findThrowable(e, CheckpointException.class).isPresent() || isStartedAgain(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Tells whether the job is being restarted. The adaptive scheduler gives no better message in
     * this case.
     */
    private static boolean isStartedAgain(ExecutionException e) {
        return ExceptionUtils.findThrowableWithMessage(e, "is not a streaming job")
                .isPresent();
    }

    void rescale(JobID job, int subtasks) throws Exception {
        new Parallelism(running.rest(), job).set(subtasks);
    }

    /** Tells whether every task of the job runs with this number of subtasks. */
    boolean runsAt(JobID job, int subtasks) throws Exception {
        AccessExecutionGraph graph =
                running.cluster().getExecutionGraph(job).get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
        for (AccessExecutionJobVertex vertex : graph.getAllVertices().values()) {
            if (vertex.getParallelism() != subtasks) {
                return false;
            }
        }
        return allTasksRun(job);
    }

    boolean allTasksRun(JobID job) throws Exception {
        AccessExecutionGraph graph =
                running.cluster().getExecutionGraph(job).get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
        for (AccessExecutionVertex task : graph.getAllExecutionVertices()) {
            if (task.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    String savepointFolder() {
        return running.savepoints().toUri().toString();
    }

    private record Running(MiniCluster cluster, URI rest, Path savepoints)
            implements ExtensionContext.Store.CloseableResource {

        static Running started(Map<String, String> settings) {
            Configuration configuration = Configuration.fromMap(settings);
            SeenMetrics.configure(configuration);
            MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumTaskManagers(TASK_MANAGERS)
                    .setNumSlotsPerTaskManager(SLOTS_EACH)
                    .withRandomPorts()
                    .build());
            try {
                cluster.start();
                return new Running(cluster, cluster.getRestAddress().get(), Files.createTempDirectory("savepoints"));
            } catch (Exception e) {
                throw new IllegalStateException("Flink's MiniCluster could not be started", e);
            }
        }

        @Override
        public void close() throws Exception {
            cluster.closeAsync().get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
            try (Stream<Path> paths = Files.walk(savepoints)) {
                paths.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }
}
