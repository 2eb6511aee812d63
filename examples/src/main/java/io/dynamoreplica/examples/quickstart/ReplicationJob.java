/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** The job {@code quickstart.sql} on a Flink cluster in this process, with its web UI. */
final class ReplicationJob implements AutoCloseable {

    private static final Pattern SET = Pattern.compile("SET '([^']+)' = '([^']+)'");

    private final JobClient job;
    private final URI webUi;

    private ReplicationJob(JobClient job, URI webUi) {
        this.job = job;
        this.webUi = webUi;
    }

    static ReplicationJob submit(URI dynamoDb, String replicaUrl, int webPort) {
        Configuration config = new Configuration();
        config.set(RestOptions.ADDRESS, "localhost");
        config.set(RestOptions.BIND_ADDRESS, "localhost");
        config.set(RestOptions.PORT, webPort);
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(config));
        SqlScript script = SqlScript.resource(
                "quickstart.sql", Map.of("dynamodb.endpoint", dynamoDb.toString(), "replica.url", replicaUrl));
        JobClient job = null;
        for (String statement : script.statements()) {
            Matcher set = SET.matcher(statement);
            if (set.matches()) {
                tables.getConfig().set(set.group(1), set.group(2));
            } else {
                TableResult result = tables.executeSql(statement);
                job = result.getJobClient().orElse(job);
            }
        }
        return new ReplicationJob(job, URI.create("http://localhost:" + webPort));
    }

    URI webUi() {
        return webUi;
    }

    /**
     * @throws ExecutionException with the job's own failure, if it has ended
     */
    void checkRunning() throws ExecutionException, InterruptedException {
        if (job.getJobStatus().get().isGloballyTerminalState()) {
            job.getJobExecutionResult().get();
            throw new IllegalStateException("The job has ended although it should still run");
        }
    }

    @Override
    public void close() throws InterruptedException, TimeoutException {
        try {
            job.cancel().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException alreadyOver) {
            // The job has failed. checkRunning reports that, if it is still called.
        }
    }
}
