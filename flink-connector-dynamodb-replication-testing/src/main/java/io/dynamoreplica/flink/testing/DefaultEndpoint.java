/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.net.URI;
import java.util.Map;

/**
 * Lets the SDK find a test endpoint, and credentials for it, where a job names neither: code that a
 * page shows can then run as it stands there. Holds for this JVM until it is closed.
 */
public final class DefaultEndpoint implements AutoCloseable {

    private final Map<String, String> properties;

    private DefaultEndpoint(Map<String, String> properties) {
        this.properties = properties;
    }

    public static DefaultEndpoint at(URI endpoint) {
        DefaultEndpoint shown = new DefaultEndpoint(Map.of(
                "aws.endpointUrlDynamoDb",
                endpoint.toString(),
                "aws.endpointUrlDynamoDbStreams",
                endpoint.toString(),
                "aws.accessKeyId",
                "test",
                "aws.secretAccessKey",
                "test"));
        shown.properties.forEach(System::setProperty);
        return shown;
    }

    @Override
    public void close() {
        properties.keySet().forEach(System::clearProperty);
    }
}
