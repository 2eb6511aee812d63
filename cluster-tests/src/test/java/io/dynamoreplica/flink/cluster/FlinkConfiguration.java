/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folder {@code conf} of a cluster, which all of its processes read. */
final class FlinkConfiguration {

    static final int SLOTS_PER_TASK_MANAGER = 2;

    private static final String LOGGING =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = Console
            appender.console.name = Console
            appender.console.type = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} %m%n
            logger.pekko.name = org.apache.pekko
            logger.pekko.level = WARN
            """;

    /**
     * Writes the folder.
     *
     * @return the port of the REST API
     */
    static int write(Path folder) throws IOException {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        int restPort = freePort();
        Map<String, String> settings = new TreeMap<>(taskManagerMemory());
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", Integer.toString(freePort()));
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS_PER_TASK_MANAGER));
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", Integer.toString(restPort));
        settings.put("execution.target", "remote");
        settings.put("io.tmp.dirs", temporary.toString());
        // A killed process refuses connections, which the second heartbeat notices. The timeout is
        // for a process that is only slow, as on a busy build machine.
        settings.put("heartbeat.interval", "1000");
        settings.put("heartbeat.timeout", "30000");
        // On a busy build machine, the default of 10 s may be too short.
        settings.put("pekko.startup-timeout", "100 s");
        // The REST API answers from caches of this age, and the steps of a run depend on these
        // answers.
        settings.put("metrics.fetcher.update-interval", "500");
        settings.put("web.refresh-interval", "500");
        Files.writeString(conf.resolve("config.yaml"), yaml(settings));
        Files.writeString(conf.resolve("log4j2.properties"), LOGGING);
        return restPort;
    }

    /**
     * Returns the memory settings. All of them are set, because otherwise the scripts of a
     * distribution would derive them from the total.
     */
    private static Map<String, String> taskManagerMemory() {
        return Map.ofEntries(
                Map.entry("taskmanager.cpu.cores", "2.0"),
                Map.entry("taskmanager.memory.task.heap.size", "384m"),
                Map.entry("taskmanager.memory.task.off-heap.size", "0m"),
                Map.entry("taskmanager.memory.framework.heap.size", "128m"),
                Map.entry("taskmanager.memory.framework.off-heap.size", "128m"),
                Map.entry("taskmanager.memory.managed.size", "32m"),
                Map.entry("taskmanager.memory.network.min", "64m"),
                Map.entry("taskmanager.memory.network.max", "64m"),
                Map.entry("taskmanager.memory.jvm-metaspace.size", "256m"),
                Map.entry("taskmanager.memory.jvm-overhead.min", "192m"),
                Map.entry("taskmanager.memory.jvm-overhead.max", "192m"));
    }

    private static String yaml(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": '" + setting.getValue() + "'")
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private FlinkConfiguration() {}
}
