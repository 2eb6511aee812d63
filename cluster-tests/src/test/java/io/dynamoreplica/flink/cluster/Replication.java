/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A way to describe the replication to Flink. */
interface Replication {

    /**
     * Returns the client that submits the job: its main class and arguments.
     *
     * @param scratch an existing folder, for files that the client reads
     * @param from the savepoint from which the job resumes; empty to begin with a copy
     */
    List<String> client(Path scratch, int parallelism, Optional<String> from) throws IOException;

    /**
     * The addresses that every way needs.
     *
     * @param dynamoDb endpoint of DynamoDB Local
     * @param database JDBC URL of the database with the table {@code replica}
     * @param checkpoints folder
     */
    record Places(URI dynamoDb, String database, Path checkpoints) {}

    /** Returns the settings of the job for Flink itself. */
    static Map<String, String> settings(Places places, int parallelism, Optional<String> from) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("parallelism.default", Integer.toString(parallelism));
        settings.put("execution.checkpointing.interval", "2 s");
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put("execution.checkpointing.dir", places.checkpoints().toUri().toString());
        settings.put("restart-strategy.type", "fixed-delay");
        settings.put("restart-strategy.fixed-delay.attempts", "1000");
        settings.put("restart-strategy.fixed-delay.delay", "1 s");
        settings.put("pipeline.generic-types", "false");
        from.ifPresent(savepoint -> settings.put("execution.state-recovery.path", savepoint));
        return settings;
    }
}
