/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster of one JobManager and two TaskManagers of a release of Flink, each in a separate JVM.
 */
final class ClusterUnderTest implements AutoCloseable {

    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private static final int TASK_MANAGERS = 2;
    private static final Pattern JOB_ID = Pattern.compile("Job ?ID:? ([0-9a-f]{32})");

    /** The time limit of a start. A JVM of Flink starts in 5 to 10 s on two idle cores. */
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private final FlinkRelease release;
    private final Path folder;
    private final RunProgress progress;
    private final FlinkRest rest;
    private final FlinkProcess jobManager;
    private final Deque<FlinkProcess> taskManagers = new ArrayDeque<>();
    private int started;

    private ClusterUnderTest(FlinkRelease release, Path folder, RunProgress progress) throws IOException {
        this.release = release;
        this.folder = folder;
        this.progress = progress;
        this.rest = new FlinkRest(FlinkConfiguration.write(folder));
        this.jobManager = FlinkProcess.start(
                release, folder, "jobmanager", List.of(JOB_MANAGER, "--configDir", conf().toString()));
    }

    /**
     * Starts the processes and returns immediately.
     *
     * @param folder for configuration, logs and temporary files
     */
    static ClusterUnderTest start(FlinkRelease release, Path folder, RunProgress progress) throws Exception {
        progress.say("starting Flink " + release.version() + "; logs in " + folder + "/logs");
        ClusterUnderTest cluster = new ClusterUnderTest(release, folder, progress);
        try {
            for (int i = 0; i < TASK_MANAGERS; i++) {
                cluster.startTaskManager();
            }
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Kills the TaskManager that has run longest, and starts a new one in its place. */
    void replaceOneTaskManager() throws IOException {
        FlinkProcess oldest = taskManagers.removeFirst();
        oldest.kill();
        progress.say("killed " + oldest.name() + " (pid " + oldest.pid() + ", SIGKILL)");
        startTaskManager();
    }

    /**
     * Runs a client that submits a job, as soon as all slots are free.
     *
     * @param client its main class and arguments
     */
    SubmittedJob submit(List<String> client) throws Exception {
        awaitFreeSlots();
        started++;
        progress.say("submitting the job by " + client.get(0));
        FlinkProcess process = FlinkProcess.start(release, folder, "client-" + started, client);
        try {
            Matcher job = JOB_ID.matcher(process.output(START_LIMIT));
            if (!job.find()) {
                throw new AssertionError("The client started no job; see " + process.log());
            }
            return new SubmittedJob(rest, job.group(1), progress);
        } finally {
            process.kill();
        }
    }

    @Override
    public void close() {
        taskManagers.forEach(FlinkProcess::kill);
        jobManager.kill();
    }

    private void startTaskManager() {
        started++;
        taskManagers.addLast(FlinkProcess.start(
                release, folder, "taskmanager-" + started, List.of(TASK_MANAGER, "--configDir", conf().toString())));
    }

    private void awaitFreeSlots() throws Exception {
        int slots = TASK_MANAGERS * FlinkConfiguration.SLOTS_PER_TASK_MANAGER;
        progress.await(slots + " free slots", START_LIMIT, () -> freeSlots() + " slots", () -> freeSlots() == slots);
    }

    /** Counts the free slots; 0 as long as the REST API does not answer. */
    private int freeSlots() throws InterruptedException {
        if (!jobManager.isAlive()) {
            throw new AssertionError("The JobManager has ended; see " + jobManager.log());
        }
        try {
            JsonNode overview = rest.get("/overview");
            return overview.get("slots-available").asInt();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private Path conf() {
        return folder.resolve("conf");
    }
}
