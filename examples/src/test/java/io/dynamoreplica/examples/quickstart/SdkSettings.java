/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.core.SdkSystemSetting;

/**
 * The system properties with which the AWS SDK finds DynamoDB Local from code that names only a
 * region, as the examples do.
 */
record SdkSettings(Map<String, String> systemProperties) {

    static SdkSettings of(URI endpoint) {
        return new SdkSettings(Map.of(
                "aws.endpointUrlDynamoDb",
                endpoint.toString(),
                "aws.endpointUrlDynamoDbStreams",
                endpoint.toString(),
                SdkSystemSetting.AWS_ACCESS_KEY_ID.property(),
                "local",
                SdkSystemSetting.AWS_SECRET_ACCESS_KEY.property(),
                "local"));
    }

    /** Sets the properties for this JVM, until {@link #forget()}. */
    void apply() {
        systemProperties.forEach(System::setProperty);
    }

    void forget() {
        systemProperties.keySet().forEach(System::clearProperty);
    }
}
