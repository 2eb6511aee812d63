/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.DefaultEndpoint;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Every block of SQL in docs/append-only.md, run against DynamoDB Local. The bucket becomes a
 * folder, and files are closed sooner; all else is as the page shows it.
 */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppendOnlyPageIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    @TempDir
    Path bucket;

    private final List<JobClient> jobs = new ArrayList<>();
    private DefaultEndpoint endpoint;

    @BeforeEach
    void createTable() {
        endpoint = DefaultEndpoint.at(DYNAMODB.endpoint());
        DYNAMODB.tables().createTable(call -> call.tableName("orders")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        key -> key.attributeName("customer_id").attributeType(ScalarAttributeType.S),
                        key -> key.attributeName("order_id").attributeType(ScalarAttributeType.N))
                .keySchema(
                        key -> key.attributeName("customer_id").keyType(KeyType.HASH),
                        key -> key.attributeName("order_id").keyType(KeyType.RANGE))
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
    }

    @AfterEach
    void end() {
        jobs.forEach(JobClient::cancel);
        endpoint.close();
    }

    @Test
    void whatThePageShowsRuns() throws Exception {
        put(17, "12.5", Instant.now().plus(Duration.ofDays(1)));
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        flink.getConfig().set("parallelism.default", "1");
        run(flink);
        Eventually.holds("the copy is written", () -> written("changes", "\"READ\"") == 1);

        put(17, "13", Instant.now().plus(Duration.ofDays(1)));
        delete(17);
        put(18, "4", Instant.now().minus(Duration.ofHours(1)));
        DYNAMODB.tables().updateTimeToLive(call -> call.tableName("orders")
                .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName("expires")));

        Eventually.holds("both deletes are written", () -> written("changes", "\"REMOVE\"") == 2);
        assertThat(lines("changes"))
                .filteredOn(line -> line.contains("\"order_id\":17"))
                .anyMatch(line -> line.contains("\"total\":12.5") && line.contains("\"READ\""))
                .anyMatch(line -> line.contains("\"total\":13") && line.contains("\"MODIFY\""))
                .anyMatch(line -> line.contains("\"total\":13") && line.contains("\"REMOVE\""));
        Eventually.holds("what expired is kept", () -> !lines("expired").isEmpty());
        assertThat(lines("expired"))
                .singleElement()
                .asString()
                .contains("\"customer_id\":\"ann\"", "\"order_id\":18", "\"total\":4");
    }

    private void run(TableEnvironment flink) throws IOException {
        List<String> statements = ShownSql.statements("append-only.md").toList();
        assertThat(statements).hasSize(6);
        for (String statement : statements) {
            ShownSql.execute(flink, adapted(statement))
                    .flatMap(TableResult::getJobClient)
                    .ifPresent(jobs::add);
        }
        assertThat(jobs).hasSize(2);
    }

    private String adapted(String statement) {
        return statement
                .replace("s3://archive", bucket.toUri().toString())
                .replace("'1 min'", "'500 ms'")
                .replace("'30 s'", "'300 ms'");
    }

    private long written(String target, String word) throws IOException {
        return lines(target).stream().filter(line -> line.contains(word)).count();
    }

    /** Files that are not finished have names with a dot in front. */
    private List<String> lines(String target) throws IOException {
        Path folder = bucket.resolve(target);
        if (!Files.exists(folder)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(AppendOnlyPageIT::isFinished).toList()) {
                assertThat(file.getParent().getFileName().toString()).startsWith("day=");
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static boolean isFinished(Path path) {
        return Files.isRegularFile(path) && path.getFileName().toString().startsWith("part-");
    }

    private static void put(int order, String total, Instant expires) {
        DYNAMODB.tables().putItem(put -> put.tableName("orders")
                .item(Map.of(
                        "customer_id",
                        AttributeValue.fromS("ann"),
                        "order_id",
                        AttributeValue.fromN(Integer.toString(order)),
                        "total",
                        AttributeValue.fromN(total),
                        "expires",
                        AttributeValue.fromN(Long.toString(expires.getEpochSecond())))));
    }

    private static void delete(int order) {
        DYNAMODB.tables().deleteItem(call -> call.tableName("orders")
                .key(Map.of(
                        "customer_id",
                        AttributeValue.fromS("ann"),
                        "order_id",
                        AttributeValue.fromN(Integer.toString(order)))));
    }
}
