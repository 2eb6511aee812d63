/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.net.URI;
import java.nio.file.Path;

/**
 * The SQL of a replication, as it is handed to Flink's SQL client.
 *
 * @param dynamoDb where DynamoDB Local answers
 * @param replica JDBC URL of the database with the table {@code replica}
 * @param checkpoints folder
 */
record ReplicationScript(URI dynamoDb, String replica, Path checkpoints) {

    private static final String INSERT =
            """
            INSERT INTO replica
            SELECT customer, number, status, total, gift, address.city, version, epoch FROM orders;
            """;

    /** Begins with a copy. */
    String fromTheStart(int parallelism) {
        return settings(parallelism) + tables() + INSERT;
    }

    /** Goes on where the savepoint was. */
    String from(String savepoint, int parallelism) {
        return settings(parallelism)
                + "SET 'execution.state-recovery.path' = '%s';\n".formatted(savepoint)
                + tables()
                + INSERT;
    }

    private String settings(int parallelism) {
        return """
        ADD JAR '%s';
        SET 'parallelism.default' = '%d';
        SET 'execution.checkpointing.interval' = '2 s';
        SET 'execution.checkpointing.storage' = 'filesystem';
        SET 'execution.checkpointing.dir' = '%s';
        SET 'restart-strategy.type' = 'fixed-delay';
        SET 'restart-strategy.fixed-delay.attempts' = '1000';
        SET 'restart-strategy.fixed-delay.delay' = '1 s';
        SET 'pipeline.generic-types' = 'false';
        SET 'table.exec.sink.keyed-shuffle' = 'FORCE';
        """
                .formatted(System.getProperty("fat.jar"), parallelism, checkpoints.toUri());
    }

    private String tables() {
        return """
        CREATE TABLE orders (
            customer STRING,
            number BIGINT,
            status STRING,
            total DECIMAL(12, 2),
            gift BOOLEAN,
            address ROW<city STRING>,
            version BIGINT,
            epoch BIGINT METADATA VIRTUAL,
            PRIMARY KEY (customer, number) NOT ENFORCED
        ) WITH (
            'connector' = 'dynamodb-replication',
            'table-name' = 'orders',
            'aws.region' = 'eu-west-1',
            'aws.endpoint' = '%s',
            'aws.credentials.provider' = 'BASIC',
            'aws.credentials.basic.accesskeyid' = 'test',
            'aws.credentials.basic.secretkey' = 'test',
            'scan.snapshot.total-segments' = '8',
            'scan.snapshot.page-limit' = '500',
            'scan.stream.poll-interval' = '500 ms'
        );
        CREATE TABLE replica (
            customer STRING,
            number BIGINT,
            status STRING,
            total DECIMAL(12, 2),
            gift BOOLEAN,
            city STRING,
            version BIGINT,
            epoch BIGINT,
            PRIMARY KEY (customer, number) NOT ENFORCED
        ) WITH (
            'connector' = 'jdbc',
            'url' = '%s',
            'driver' = 'org.apache.derby.client.ClientAutoloadedDriver',
            'table-name' = 'replica',
            'sink.buffer-flush.max-rows' = '500',
            'sink.buffer-flush.interval' = '500 ms'
        );
        """
                .formatted(dynamoDb, replica);
    }
}
