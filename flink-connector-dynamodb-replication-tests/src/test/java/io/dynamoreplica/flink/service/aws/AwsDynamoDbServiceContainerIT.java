/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceContract;
import io.dynamoreplica.flink.testing.contract.DynamoDbServiceFixture;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract over the image that AWS publishes. It is skipped if no Docker daemon answers. */
class AwsDynamoDbServiceContainerIT implements DynamoDbServiceContract {

    private static final DockerImageName IMAGE = DockerImageName.parse("amazon/dynamodb-local:2.6.1");

    private static final int PORT = 8000;

    private static GenericContainer<?> container;
    private static DynamoDbService service;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return;
        }
        container = new GenericContainer<>(IMAGE)
                .withExposedPorts(PORT)
                .withCommand("-jar DynamoDBLocal.jar -inMemory -sharedDb -disableTelemetry");
        container.start();
        URI endpoint = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
        service = new AwsDynamoDbServiceFactory().open(Configs.reaching(DynamoDbLocalExtension.awsOptions(endpoint)));
        client = DynamoDbLocalExtension.prepared(DynamoDbClient.builder(), endpoint)
                .build();
    }

    @AfterAll
    static void stop() {
        if (container != null) {
            service.close();
            client.close();
            container.stop();
        }
    }

    @Override
    public DynamoDbServiceFixture fixture() {
        Assumptions.assumeTrue(container != null, "No Docker daemon answers");
        return new SdkFixture(service, client);
    }
}
