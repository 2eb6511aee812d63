/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import io.dynamoreplica.flink.cluster.job.OrdersReplicationJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A replication by a job in a separate jar, submitted with Flink's command line together with the
 * fat jar.
 */
record DataStreamReplication(Places places) implements Replication {

    private static final String COMMAND_LINE = "org.apache.flink.client.cli.CliFrontend";

    @Override
    public List<String> client(Path scratch, int parallelism, Optional<String> from) {
        List<String> command = new ArrayList<>(List.of(COMMAND_LINE, "run", "--detached"));
        Replication.settings(places, parallelism, from).forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "--classpath",
                Path.of(System.getProperty("fat.jar")).toUri().toString(),
                "--class",
                OrdersReplicationJob.class.getName(),
                System.getProperty("job.jar"),
                places.dynamoDb().toString(),
                places.database()));
        return command;
    }
}
