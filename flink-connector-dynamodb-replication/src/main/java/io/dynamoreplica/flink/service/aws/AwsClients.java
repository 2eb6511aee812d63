/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.config.AwsConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The clients for tables and for streams, with one pool of connections and one source of credentials. */
record AwsClients(
        DynamoDbClient tables, DynamoDbStreamsClient streams, SdkHttpClient connections, OpenedCredentials credentials)
        implements AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /**
     * Opens the clients; makes no call.
     *
     * @param concurrentCalls the number of connections, so that no call waits for a connection
     */
    static AwsClients open(AwsConfig config, int concurrentCalls) {
        SdkHttpClient connections =
                connections(config.requestTimeout(), concurrentCalls).build();
        OpenedCredentials credentials = null;
        try {
            credentials = OpenedCredentials.open(config);
            DynamoDbClient tables = prepare(DynamoDbClient.builder(), config, config.endpoint())
                    .httpClient(connections)
                    .credentialsProvider(credentials)
                    .build();
            DynamoDbStreamsClient streams = prepare(DynamoDbStreamsClient.builder(), config, config.streamsEndpoint())
                    .httpClient(connections)
                    .credentialsProvider(credentials)
                    .build();
            return new AwsClients(tables, streams, connections, credentials);
        } catch (RuntimeException e) {
            connections.close();
            if (credentials != null) {
                credentials.close();
            }
            throw e;
        }
    }

    /**
     * Names one implementation of the HTTP client: if several are on the class path, the SDK does not
     * choose one.
     */
    static Apache5HttpClient.Builder connections(Duration timeout, int most) {
        return Apache5HttpClient.builder()
                .maxConnections(most)
                .connectionAcquisitionTimeout(timeout)
                .connectionTimeout(shorter(timeout, LONGEST_CONNECT))
                .socketTimeout(timeout);
    }

    /** Applies the settings of all clients. */
    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B prepare(
            B builder, AwsConfig config, Optional<URI> endpoint) {
        config.region().map(Region::of).ifPresent(builder::region);
        endpoint.ifPresent(builder::endpointOverride);
        return builder.overrideConfiguration(ClientOverrideConfiguration.builder()
                .apiCallTimeout(config.requestTimeout())
                .retryStrategy(oneMoreAttempt())
                .build());
    }

    /**
     * Lets the SDK repeat a call only if another attempt can succeed immediately: if the server had
     * closed a pooled connection, or if a wrong clock made the signature, which the SDK corrects from
     * the answer. In all other cases the caller decides when to call again.
     */
    private static RetryStrategy oneMoreAttempt() {
        return DefaultRetryStrategy.standardStrategyBuilder()
                .maxAttempts(2)
                .useClientDefaults(false)
                .circuitBreakerEnabled(false)
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .retryOnException(AwsClients::isAnsweredByAnotherAttempt)
                .build();
    }

    private static boolean isAnsweredByAnotherAttempt(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean brokenConnection = cause instanceof IOException
                && !(cause instanceof SocketTimeoutException)
                && !(cause instanceof ConnectException);
        return brokenConnection || failure instanceof SdkException e && RetryUtils.isClockSkewException(e);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    @Override
    public void close() {
        tables.close();
        streams.close();
        connections.close();
        credentials.close();
    }
}
