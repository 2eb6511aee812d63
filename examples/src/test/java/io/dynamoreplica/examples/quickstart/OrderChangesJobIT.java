/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A test of the job that the README shows, run as the example project describes. */
class OrderChangesJobIT {

    private static final Path PROJECT = Path.of(System.getProperty("datastream.project"));

    private static final Pattern LINE = Pattern.compile(
            "\"operation\":\"(\\w+)\",\"keys\":\\{\"customer_id\":\"([^\"]+)\",\"order_id\":\"([^\"]+)\"}.*");

    private final OrderGenerator generator = new OrderGenerator(7);

    private record Printed(String operation, OrderKey key) {}

    @Test
    void everyOrderIsPrintedAndThenEveryChange(@TempDir Path folder) throws Exception {
        List<Map<String, AttributeValue>> orders = IntStream.rangeClosed(1, 20)
                .mapToObj(n -> generator.order(n, 0))
                .toList();
        List<OrderKey> keys = orders.stream().map(OrderKey::of).toList();
        Map<String, AttributeValue> changed = new LinkedHashMap<>(orders.get(0));
        changed.put("status", AttributeValue.fromS("CANCELLED"));

        try (DynamoDbLocal server = DynamoDbLocal.start();
                LateStreamTable table = LateStreamTable.create(server.endpoint(), orders);
                RunningProgram job = RunningProgram.ofProject(
                        PROJECT, SdkSettings.of(server.endpoint()).systemProperties(), folder)) {
            Eventually.passes(() -> assertThat(printed(job.lines()))
                    .containsExactlyInAnyOrderElementsOf(
                            keys.stream().map(key -> new Printed("READ", key)).toList()));

            table.put(changed);
            table.delete(keys.get(1));

            Eventually.passes(() -> assertThat(printed(job.lines()))
                    .hasSize(keys.size() + 2)
                    .contains(new Printed("MODIFY", keys.get(0)), new Printed("REMOVE", keys.get(1))));
            assertThat(job.lines())
                    .filteredOn(line -> line.contains("\"operation\":\"MODIFY\""))
                    .singleElement()
                    .asString()
                    .contains("\"status\":\"CANCELLED\"");
        }
    }

    @Test
    void theJarForAClusterHasTheConnectorAndNothingThatAClusterHas() throws IOException {
        Path file = PROJECT.resolve("target/order-changes-1.0-SNAPSHOT.jar");
        try (JarFile jar = new JarFile(file.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("com.example.OrderChangesJob");
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains(
                            "com/example/OrderChangesJob.class",
                            "io/dynamoreplica/flink/DynamoDbReplicationSource.class",
                            "software/amazon/awssdk/services/dynamodb/DynamoDbClient.class")
                    .noneMatch(name -> name.matches("org/(apache/flink|slf4j|apache/logging)/.*"));
        }
    }

    @Test
    void itOpensThePackagesThatTheTestsOfTheBuildOpen() throws IOException {
        assertThat(Files.readAllLines(PROJECT.resolve("run.args")))
                .filteredOn(line -> line.startsWith("--add-opens"))
                .containsExactly(System.getProperty("flink.jvm.opens").split(" "));
    }

    private static List<Printed> printed(List<String> lines) {
        return lines.stream()
                .map(OrderChangesJobIT::printed)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Printed> printed(String line) {
        Matcher found = LINE.matcher(line);
        return found.find()
                ? Optional.of(new Printed(found.group(1), new OrderKey(found.group(2), found.group(3))))
                : Optional.empty();
    }
}
