/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A DynamoDB Local, in memory, in a separate JVM that ends at {@link #close} or when our JVM ends.
 *
 * <p>The system property {@value #CLASSPATH_PROPERTY} names the folder of its class path. {@code
 * ./mvnw -pl dynamodb-local generate-test-resources} fills such a folder.
 */
public final class DynamoDbLocalServer implements AutoCloseable {

    public static final String CLASSPATH_PROPERTY = "dynamodb.local.classpath";

    /**
     * The time limit of a start. A start takes 1.5 s on a quiet machine; a build machine is often
     * busy.
     */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** The number of attempts: another process may take a free port before the server binds it. */
    private static final int PORTS_TO_TRY = 3;

    private final Process process;
    private final Path folder;
    private final URI endpoint;
    private final Thread killer = new Thread(this::kill, "dynamodb-local-killer");

    private DynamoDbLocalServer(Process process, Path folder, URI endpoint) {
        this.process = process;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    /**
     * Starts a server without tables and returns once it answers.
     *
     * @throws IllegalStateException if it does not answer; the message contains the server's output
     */
    public static DynamoDbLocalServer start() {
        return start(Map.of());
    }

    /**
     * Starts a server as {@link #start()} does.
     *
     * @param environment additional variables for its JVM
     * @throws IllegalStateException if it does not answer; the message contains the server's output
     */
    public static DynamoDbLocalServer start(Map<String, String> environment) {
        for (int attempt = 1; ; attempt++) {
            DynamoDbLocalServer server = launch(freePort(), environment);
            try {
                server.awaitReady();
                return server;
            } catch (IllegalStateException notReady) {
                server.close();
                if (attempt == PORTS_TO_TRY) {
                    throw notReady;
                }
            }
        }
    }

    /** Returns the endpoint, for tables and for streams. */
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killer);
        kill();
    }

    private static DynamoDbLocalServer launch(int port, Map<String, String> environment) {
        try {
            Path folder = Files.createTempDirectory("dynamodb-local");
            ProcessBuilder builder = new ProcessBuilder(command(folder, port));
            builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(output(folder).toFile());
            DynamoDbLocalServer server =
                    new DynamoDbLocalServer(builder.start(), folder, URI.create("http://127.0.0.1:" + port));
            Runtime.getRuntime().addShutdownHook(server.killer);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("DynamoDB Local could not be started", e);
        }
    }

    private static List<String> command(Path folder, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath().resolve("*").toString(),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                "-inMemory",
                "-sharedDb",
                "-disableTelemetry",
                "-port",
                Integer.toString(port));
    }

    private static Path classPath() {
        String folder = System.getProperty(CLASSPATH_PROPERTY);
        if (folder == null || !Files.isDirectory(Path.of(folder))) {
            throw new IllegalStateException(
                    """
                    The system property %s names no folder (%s). \
                    Run './mvnw -pl dynamodb-local generate-test-resources' \
                    and pass dynamodb-local/target/classpath."""
                            .formatted(CLASSPATH_PROPERTY, folder));
        }
        return Path.of(folder);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port was found", e);
        }
    }

    private void awaitReady() {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (!answers()) {
            if (hasExitedWithin(Duration.ofMillis(50)) || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(
                        "DynamoDB Local does not answer at " + endpoint + ". It printed:\n" + log());
            }
        }
    }

    /**
     * Tells whether the server answers. Any status is accepted, because it answers 400 to a GET.
     */
    private boolean answers() {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(5)).build();
        try {
            HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private boolean hasExitedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while DynamoDB Local was starting", e);
    }

    private static Path output(Path folder) {
        return folder.resolve("output.log");
    }

    private String log() {
        try {
            return Files.readString(output(folder));
        } catch (IOException e) {
            return "(nothing readable: " + e + ")";
        }
    }

    private void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteFolder();
    }

    private void deleteFolder() {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("The folder could not be deleted: " + folder, e);
        }
    }
}
