/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.net.URI;
import java.util.Map;

/**
 * The setting of a test endpoint and credentials that the SDK uses if a job names neither. So code
 * that a page of the docs shows can run unchanged. Valid for this JVM until it is closed.
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
