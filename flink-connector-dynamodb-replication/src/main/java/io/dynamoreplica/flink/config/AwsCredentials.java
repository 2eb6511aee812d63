/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.net.URI;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;

/** Where credentials come from, with all that the source needs. */
@PublicEvolving
public sealed interface AwsCredentials {

    /** The default chain of the AWS SDK. */
    record Auto() implements AwsCredentials {}

    /** Prints without the secret. */
    record Basic(String accessKeyId, String secretKey) implements AwsCredentials {
        @Override
        public String toString() {
            return "Basic[secret not shown]";
        }
    }

    record EnvironmentVariables() implements AwsCredentials {}

    record SystemProperties() implements AwsCredentials {}

    /**
     * @param name empty for the SDK's default profile
     * @param path empty for the SDK's usual files
     */
    record Profile(Optional<String> name, Optional<String> path) implements AwsCredentials {}

    /**
     * @param source by whose credentials the role is assumed; may be a role again
     */
    record AssumedRole(
            String arn,
            String sessionName,
            Optional<String> externalId,
            Optional<URI> stsEndpoint,
            AwsCredentials source)
            implements AwsCredentials {}

    /** What is empty comes from the environment, as AWS sets it up for pods. */
    record WebIdentity(Optional<String> roleArn, Optional<String> sessionName, Optional<String> tokenFile)
            implements AwsCredentials {}
}
