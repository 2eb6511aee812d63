/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A DynamoDB Local server that keeps its tables in memory. It runs in a process of its own, which
 * ends with this one. Its licence allows use but not redistribution, so Maven resolves it into the
 * folder that the system property {@code dynamodb.local.classpath} names.
 */
final class DynamoDbLocal implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path folder;
    private final URI endpoint;
    private final Thread atExit = new Thread(this::stop, "stop-dynamodb-local");

    private DynamoDbLocal(Process process, Path folder, URI endpoint) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    /** Starts the server and returns once it answers. */
    static DynamoDbLocal start() throws IOException, InterruptedException {
        int port = freePort();
        Path folder = Files.createTempDirectory("dynamodb-local-");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // Native libraries are unpacked there.
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("dynamodb.local.classpath") + "/*",
                        "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                        "-inMemory",
                        "-sharedDb",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile());
        command.environment().put("DDB_LOCAL_TELEMETRY", "0");
        DynamoDbLocal server = new DynamoDbLocal(command.start(), folder, URI.create("http://localhost:" + port));
        Runtime.getRuntime().addShutdownHook(server.atExit);
        server.awaitAnswer();
        return server;
    }

    URI endpoint() {
        return endpoint;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            try {
                http.send(HttpRequest.newBuilder(endpoint).build(), BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        String output = Files.readString(folder.resolve("output.txt"));
        close();
        throw new IllegalStateException("DynamoDB Local did not start; it printed: " + output);
    }

    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // The JVM is exiting: the hook runs and finds nothing left to do.
        }
    }

    private void stop() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException alreadyGone) {
            // The system cleans its temporary folder in the end.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
