/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * An extension that starts a new DynamoDB Local for each test class, with SDK clients to prepare
 * tables:
 *
 * <pre>{@code
 * @RegisterExtension static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();
 * }</pre>
 */
public final class DynamoDbLocalExtension implements BeforeAllCallback, AfterAllCallback {

    /** A key: DynamoDB Local accepts any letters and digits. */
    private static final String ANY_KEY = "test";

    private static final Region ANY_REGION = Region.EU_WEST_1;

    private final Map<String, String> environment;
    private DynamoDbLocalServer server;
    private DynamoDbClient tables;
    private DynamoDbStreamsClient streams;

    public DynamoDbLocalExtension() {
        this(Map.of());
    }

    /**
     * Creates the extension.
     *
     * @param environment additional variables for the server's JVM
     */
    public DynamoDbLocalExtension(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = DynamoDbLocalServer.start(environment);
        tables = prepared(DynamoDbClient.builder(), server.endpoint()).build();
        streams = prepared(DynamoDbStreamsClient.builder(), server.endpoint()).build();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            tables.close();
            streams.close();
            server.close();
        }
    }

    public URI endpoint() {
        return server.endpoint();
    }

    /** Returns the client for tables and items. */
    public DynamoDbClient tables() {
        return tables;
    }

    public DynamoDbStreamsClient streams() {
        return streams;
    }

    /** Returns the {@code aws.*} options with which the connector reaches this server. */
    public Map<String, String> awsOptions() {
        return awsOptions(endpoint());
    }

    /** Returns the {@code aws.*} options with which the connector reaches any test endpoint. */
    public static Map<String, String> awsOptions(URI endpoint) {
        return Map.of(
                "aws.region",
                ANY_REGION.id(),
                "aws.endpoint",
                endpoint.toString(),
                "aws.credentials.provider",
                "BASIC",
                "aws.credentials.basic.accesskeyid",
                ANY_KEY,
                "aws.credentials.basic.secretkey",
                ANY_KEY);
    }

    /** Prepares a client builder for a test endpoint. */
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepared(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(ANY_REGION)
                .httpClientBuilder(Apache5HttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ANY_KEY, ANY_KEY)));
    }
}
