/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of a Flink. It ends by {@link #kill}, with SIGKILL, or with the JVM of the test. */
final class FlinkProcess {

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread killer = new Thread(this::destroy, "killer");

    private FlinkProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * Starts a process that logs into {@code folder/logs}.
     *
     * @param folder of the cluster, with a folder {@code conf}
     * @param mainAndArguments the main class and its arguments
     */
    static FlinkProcess start(FlinkRelease release, Path folder, String name, List<String> mainAndArguments) {
        try {
            Path log = folder.resolve("logs").resolve(name + ".log");
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command(release, folder, mainAndArguments));
            builder.directory(folder.toFile());
            builder.environment().put("FLINK_CONF_DIR", folder.resolve("conf").toString());
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            return new FlinkProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    private static List<String> command(FlinkRelease release, Path folder, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx640m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-Dlog4j.configurationFile=" + folder.resolve("conf/log4j2.properties"));
        command.addAll(List.of(System.getProperty("flink.jvm.opens").split(" ")));
        command.add("-cp");
        command.add(release.lib().resolve("*").toString());
        command.addAll(mainAndArguments);
        return command;
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process, so that it cannot send a last message, and waits until it is gone. */
    void kill() {
        Runtime.getRuntime().removeShutdownHook(killer);
        destroy();
    }

    /**
     * Waits until the process ends by itself.
     *
     * @return its output
     * @throws AssertionError if it does not end in time
     */
    String output(Duration limit) throws InterruptedException, IOException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " has not ended within " + limit + "; see " + log);
        }
        return Files.readString(log);
    }

    private void destroy() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
