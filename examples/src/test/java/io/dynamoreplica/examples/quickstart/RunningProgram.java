/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A main method in a JVM of its own, as a user would run it, and the lines that it prints. */
final class RunningProgram implements AutoCloseable {

    private final Process process;
    private final Path output;

    private RunningProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * @param folder for what it prints, and for its temporary files
     */
    static RunningProgram start(Class<?> main, Map<String, String> systemProperties, Path folder)
            throws IOException {
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(List.of(System.getProperty("flink.jvm.opens").split(" ")));
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RunningProgram(process, output);
    }

    /**
     * What it has printed so far.
     *
     * @throws IllegalStateException if it has ended
     */
    List<String> lines() throws IOException {
        List<String> lines = Files.readAllLines(output);
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "It has ended with code %d and had printed:%n%s"
                            .formatted(process.exitValue(), String.join("\n", lines)));
        }
        return lines;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
