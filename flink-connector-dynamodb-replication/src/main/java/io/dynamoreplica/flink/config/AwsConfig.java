/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static io.dynamoreplica.flink.config.AwsOptions.ENDPOINT;
import static io.dynamoreplica.flink.config.AwsOptions.REGION;
import static io.dynamoreplica.flink.config.AwsOptions.REQUEST_TIMEOUT;
import static io.dynamoreplica.flink.config.AwsOptions.STREAMS_ENDPOINT;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * The region, endpoints, timeout and credentials for calls to AWS, read from the options that begin
 * with {@code aws.}.
 *
 * @param region empty if the SDK finds the region itself
 * @param endpoint the endpoint of DynamoDB; empty if it is derived from the region
 * @param streamsEndpoint the endpoint of DynamoDB Streams; empty if it is derived from the region
 * @param requestTimeout the longest time for one call, with the SDK's own retries
 */
@Internal
public record AwsConfig(
        Optional<String> region,
        Optional<URI> endpoint,
        Optional<URI> streamsEndpoint,
        Duration requestTimeout,
        AwsCredentials credentials) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /**
     * Reads the options and ignores unknown keys.
     *
     * @throws IllegalConfigurationException if a value is not allowed; the message names the option
     *     and what is allowed
     */
    public static AwsConfig parse(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        Optional<URI> endpoint = reader.uri(ENDPOINT);
        Optional<URI> streamsEndpoint = reader.uri(STREAMS_ENDPOINT);
        if (streamsEndpoint.isEmpty() && endpoint.filter(AwsConfig::isAtAws).isPresent()) {
            String message =
                    """
                    Option '%s' is an endpoint of AWS (%s), which does not serve streams. Set '%s' too, or remove \
                    both and set '%s'.""";
            throw new IllegalConfigurationException(
                    message.formatted(ENDPOINT.key(), endpoint.get(), STREAMS_ENDPOINT.key(), REGION.key()));
        }
        return new AwsConfig(
                reader.text(REGION),
                endpoint,
                streamsEndpoint.or(() -> endpoint),
                reader.duration(REQUEST_TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                AwsCredentialsParser.parse(reader));
    }

    /** Returns whether the host has a domain of AWS: of the public partition, of China, and of other partitions. */
    private static boolean isAtAws(URI endpoint) {
        String host = endpoint.getHost();
        return host.endsWith(".amazonaws.com")
                || host.endsWith(".amazonaws.com.cn")
                || host.endsWith(".amazonaws.eu")
                || host.endsWith(".api.aws");
    }
}
