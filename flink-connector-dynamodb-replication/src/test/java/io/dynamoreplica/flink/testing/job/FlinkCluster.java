/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One Flink cluster per test class, in this JVM:
 *
 * <pre>{@code
 * @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
 * }</pre>
 *
 * <p>Jobs are submitted as to any remote cluster, by its REST address: those are the methods that
 * the oldest and the newest Flink have in common.
 */
public final class FlinkCluster implements BeforeAllCallback, AfterAllCallback {

    private static final int TASK_MANAGERS = 2;
    private static final int SLOTS_EACH = 3;

    private MiniCluster cluster;
    private URI rest;
    private Path savepoints;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        savepoints = Files.createTempDirectory("savepoints");
        Configuration configuration = new Configuration();
        SeenMetrics.configure(configuration);
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(TASK_MANAGERS)
                                .setNumSlotsPerTaskManager(SLOTS_EACH)
                                .withRandomPorts()
                                .build());
        cluster.start();
        rest = cluster.getRestAddress().get();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (cluster != null) {
            cluster.closeAsync().get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        delete(savepoints);
    }

    /** An environment whose jobs run here. */
    StreamExecutionEnvironment environment(Configuration configuration) {
        return StreamExecutionEnvironment.createRemoteEnvironment(
                rest.getHost(), rest.getPort(), configuration);
    }

    /** Takes a checkpoint, whether or not the job takes any on its own, and waits for it. */
    void checkpoint(JobID job) throws Exception {
        cluster.triggerCheckpoint(job).get(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    String savepointFolder() {
        return savepoints.toUri().toString();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
