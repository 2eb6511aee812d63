/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A job of a cluster, as its REST API shows it. */
final class SubmittedJob {

    /** A value of the metric {@code phase}, like {@link #STREAMING}; see docs/operations.md. */
    static final int SCANNING = 4;

    static final int STREAMING = 7;

    /** The value used if the metric is missing because the JobManager has not collected it yet. */
    static final int UNKNOWN = -1;

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final FlinkRest rest;
    private final String path;
    private final RunProgress progress;

    SubmittedJob(FlinkRest rest, String id, RunProgress progress) {
        this.rest = rest;
        this.path = "/jobs/" + id;
        this.progress = progress;
    }

    /**
     * Tells whether every task runs. The state of the job is not enough, because it is RUNNING
     * while tasks wait for slots.
     */
    boolean runs() throws IOException, InterruptedException {
        JsonNode job = rest.get(path);
        return job.get("state").asText().equals("RUNNING")
                && elements(job.get("vertices"))
                        .allMatch(vertex -> vertex.get("status").asText().equals("RUNNING"));
    }

    /** Counts how often the job was restored from a checkpoint or savepoint. */
    int restores() throws IOException, InterruptedException {
        return rest.get(path + "/checkpoints").at("/counts/restored").asInt();
    }

    int completedCheckpoints() throws IOException, InterruptedException {
        return rest.get(path + "/checkpoints").at("/counts/completed").asInt();
    }

    /**
     * Returns the table's phase that the enumerator reports. For some seconds after a TaskManager
     * was killed the value is old, because Flink waits for the metrics of that TaskManager and
     * collects no others.
     */
    int phase() throws IOException, InterruptedException {
        return (int) gauge("phase");
    }

    /**
     * Returns the number of the copy that the enumerator reports. It is delayed as {@link #phase}
     * is.
     */
    long epoch() throws IOException, InterruptedException {
        return gauge("epoch");
    }

    /** Returns the names of all vertices, which name the operators chained in them. */
    List<String> vertices() throws IOException, InterruptedException {
        return elements(rest.get(path).get("vertices"))
                .map(vertex -> vertex.get("name").asText())
                .toList();
    }

    private long gauge(String gauge) throws IOException, InterruptedException {
        JsonNode source = elements(rest.get(path).get("vertices"))
                .filter(vertex -> vertex.get("name").asText().startsWith("Source:"))
                .findFirst()
                .orElseThrow();
        String metrics = path + "/vertices/" + source.get("id").asText() + "/jm-operator-metrics";
        String name = elements(rest.get(metrics))
                .map(metric -> metric.get("id").asText())
                .filter(metric -> metric.endsWith("." + gauge))
                .findFirst()
                .orElse("");
        String query = "?get=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return name.isEmpty() ? UNKNOWN : metric(metrics + query, name);
    }

    /** Describes the state in words, for progress. */
    String status() throws IOException, InterruptedException {
        return "phase %d, %d checkpoints, %d restores, %s"
                .formatted(phase(), completedCheckpoints(), restores(), runs() ? "all tasks run" : "not all tasks run");
    }

    void awaitRunning() throws Exception {
        progress.await("all tasks run", LIMIT, this::status, this::runs);
    }

    /**
     * Stops the job with a savepoint.
     *
     * @return the path of the savepoint
     */
    String stopWithSavepoint(Path folder) throws Exception {
        String request = rest.post(
                        path + "/stop", "{\"targetDirectory\": \"%s\", \"drain\": false}".formatted(folder.toUri()))
                .get("request-id")
                .asText();
        String savepoint = path + "/savepoints/" + request;
        progress.await(
                "the job has stopped with a savepoint",
                LIMIT,
                () -> rest.get(savepoint).toString(),
                () -> rest.get(savepoint).at("/status/id").asText().equals("COMPLETED"));
        JsonNode operation = rest.get(savepoint).get("operation");
        if (!operation.has("location")) {
            throw new AssertionError("The savepoint failed: " + operation);
        }
        return operation.get("location").asText();
    }

    private long metric(String query, String name) throws IOException, InterruptedException {
        return elements(rest.get(query))
                .filter(metric -> metric.get("id").asText().equals(name))
                .map(metric -> metric.path("value"))
                .findFirst()
                .orElse(MissingNode.getInstance())
                .asLong(UNKNOWN);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
