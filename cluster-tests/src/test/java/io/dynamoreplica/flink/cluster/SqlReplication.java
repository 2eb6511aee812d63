/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A replication by a script for Flink's SQL client.
 *
 * @param planned whether the query is planned once, by the first release of Flink, and resumed from
 *     that plan; otherwise each submission plans it again
 * @param direct whether the plan consists of source and sink only, where Flink can do that: no
 *     metadata is written, and no exchange is requested
 */
record SqlReplication(Places places, boolean planned, boolean direct) implements Replication {

    private static final String SQL_CLIENT = "org.apache.flink.table.client.SqlClient";

    /**
     * The page limit of a job without an exchange. With full pages, the copy would end before the
     * first checkpoint of all tasks completes, but the test needs to stop it in the middle. Small
     * pages slow it down.
     */
    private static final int DIRECT_PAGE_LIMIT = 20;

    private static final String INSERT =
            """
            INSERT INTO replica
            SELECT customer, number, status, total, gift, address.city, version%s FROM orders;
            """;

    @Override
    public List<String> client(Path scratch, int parallelism, Optional<String> from) throws IOException {
        Path script = Files.createTempFile(scratch, "replication", ".sql");
        Files.writeString(script, settings(parallelism, from) + tables() + statement(scratch));
        return List.of(SQL_CLIENT, "-f", script.toString());
    }

    static Replication planned(Places places) {
        return new SqlReplication(places, true, false);
    }

    static Replication inserting(Places places) {
        return new SqlReplication(places, false, false);
    }

    static Replication direct(Places places) {
        return new SqlReplication(places, false, true);
    }

    private String statement(Path scratch) {
        String plan = scratch.resolve("plan.json").toUri().toString();
        String insert = INSERT.formatted(direct ? "" : ", epoch");
        return planned ? "COMPILE AND EXECUTE PLAN '%s' FOR %s".formatted(plan, insert) : insert;
    }

    private String settings(int parallelism, Optional<String> from) {
        return Replication.settings(places, parallelism, from).entrySet().stream()
                .map(s -> "SET '%s' = '%s';".formatted(s.getKey(), s.getValue()))
                .collect(Collectors.joining(
                        "\n",
                        "ADD JAR '%s';\n".formatted(System.getProperty("fat.jar")),
                        direct ? "\n" : "\nSET 'table.exec.sink.keyed-shuffle' = 'FORCE';\n"));
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
            'scan.snapshot.page-limit' = '%d',
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
            %sPRIMARY KEY (customer, number) NOT ENFORCED
        ) WITH (
            'connector' = 'jdbc',
            'url' = '%s',
            'driver' = 'org.apache.derby.client.ClientAutoloadedDriver',
            'table-name' = 'replica',
            'sink.buffer-flush.max-rows' = '500',
            'sink.buffer-flush.interval' = '500 ms'
        );
        """
                .formatted(
                        places.dynamoDb(),
                        direct ? DIRECT_PAGE_LIMIT : 500,
                        direct ? "" : "epoch BIGINT, ",
                        places.database());
    }
}
