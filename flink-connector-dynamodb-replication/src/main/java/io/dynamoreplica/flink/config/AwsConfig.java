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
 * How AWS is reached, read from the options that begin with {@code aws.}.
 *
 * @param region empty to let the SDK find one
 * @param endpoint of tables; empty to derive it from the region
 * @param streamsEndpoint of streams; empty to derive it from the region
 * @param requestTimeout of one call, with everything that the SDK does for it
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
     * Reads options, ignoring keys it does not know.
     *
     * @throws IllegalConfigurationException naming the option, what is wrong, and what is allowed
     */
    public static AwsConfig parse(Map<String, String> options) {
        OptionReader reader = OptionReader.of(options);
        Optional<URI> endpoint = reader.uri(ENDPOINT);
        Optional<URI> streamsEndpoint = reader.uri(STREAMS_ENDPOINT);
        if (streamsEndpoint.isEmpty() && endpoint.filter(AwsConfig::isAtAws).isPresent()) {
            throw new IllegalConfigurationException("Option '"
                    + ENDPOINT.key()
                    + "' is an endpoint of AWS ("
                    + endpoint.get()
                    + "), which does not serve streams. Set '"
                    + STREAMS_ENDPOINT.key()
                    + "' too, or remove both and set '"
                    + REGION.key()
                    + "'.");
        }
        return new AwsConfig(
                reader.text(REGION),
                endpoint,
                streamsEndpoint.or(() -> endpoint),
                reader.duration(REQUEST_TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
                AwsCredentialsParser.parse(reader));
    }

    /** Partitions of AWS: the public ones, China, and the isolated ones' own domains. */
    private static boolean isAtAws(URI endpoint) {
        String host = endpoint.getHost();
        return host.endsWith(".amazonaws.com")
                || host.endsWith(".amazonaws.com.cn")
                || host.endsWith(".amazonaws.eu")
                || host.endsWith(".api.aws");
    }
}
