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

    /** Values of the metric {@code phase}; see docs/operations.md. */
    static final int SCANNING = 4;

    static final int STREAMING = 7;

    /** The metric was not there: the JobManager has not collected it yet. */
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

    /** Whether every task runs; a job counts as running while its tasks wait for slots. */
    boolean runs() throws IOException, InterruptedException {
        JsonNode job = rest.get(path);
        return job.get("state").asText().equals("RUNNING")
                && elements(job.get("vertices"))
                        .allMatch(vertex -> vertex.get("status").asText().equals("RUNNING"));
    }

    /** How often it was taken back to a checkpoint or savepoint. */
    int restores() throws IOException, InterruptedException {
        return rest.get(path + "/checkpoints").at("/counts/restored").asInt();
    }

    int completedCheckpoints() throws IOException, InterruptedException {
        return rest.get(path + "/checkpoints").at("/counts/completed").asInt();
    }

    /**
     * Where the enumerator says that the table stands. For some seconds after a TaskManager was
     * killed it is where it stood, because Flink collects no metrics while it waits for that one's.
     */
    int phase() throws IOException, InterruptedException {
        return (int) gauge("phase");
    }

    /** The number of the copy, by the enumerator; it lags as the {@link #phase} does. */
    long epoch() throws IOException, InterruptedException {
        return gauge("epoch");
    }

    /** What each vertex is called: the operators that are chained in it. */
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

    /** In words, for progress. */
    String status() throws IOException, InterruptedException {
        return "phase %d, %d checkpoints, %d restores, %s"
                .formatted(phase(), completedCheckpoints(), restores(), runs() ? "all tasks run" : "not all tasks run");
    }

    void awaitRunning() throws Exception {
        progress.await("all tasks run", LIMIT, this::status, this::runs);
    }

    /**
     * @return where the savepoint is
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
            throw new AssertionError("No savepoint: " + operation);
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
