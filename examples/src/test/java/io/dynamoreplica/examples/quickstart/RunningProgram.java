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

/** A project's job in a separate JVM, as a user runs it, with the lines that it prints. */
final class RunningProgram implements AutoCloseable {

    private final Process process;
    private final Path output;
    private final Path log;

    private RunningProgram(Process process, Path output, Path log) {
        this.process = process;
        this.output = output;
        this.log = log;
    }

    /**
     * Starts {@code java @run.args} in the folder of a project, as the project describes.
     *
     * @param scratch a folder for its output and its temporary files
     */
    static RunningProgram ofProject(Path project, Map<String, String> systemProperties, Path scratch)
            throws IOException {
        Path output = scratch.resolve("output.txt");
        Path log = scratch.resolve("log.txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-Djava.io.tmpdir=" + scratch);
        systemProperties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("@run.args");
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectError(log.toFile())
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RunningProgram(process, output, log);
    }

    /**
     * Returns the lines printed so far.
     *
     * @throws IllegalStateException if the program has ended
     */
    List<String> lines() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The program ended with code %d. It printed:%n%s%nIt logged:%n%s"
                    .formatted(process.exitValue(), Files.readString(output), Files.readString(log)));
        }
        return Files.readAllLines(output);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
