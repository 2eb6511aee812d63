/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.net.URI;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** A source of AWS credentials, with the values that it needs. */
@Internal
public sealed interface AwsCredentials {

    /** The default chain of the AWS SDK. */
    record Auto() implements AwsCredentials {}

    /** An access key. It is printed without the secret. */
    record Basic(String accessKeyId, String secretKey) implements AwsCredentials {
        @Override
        public String toString() {
            return "Basic[secret not shown]";
        }
    }

    /** The environment variables of the process. */
    record EnvironmentVariables() implements AwsCredentials {}

    /** The system properties of the JVM. */
    record SystemProperties() implements AwsCredentials {}

    /**
     * A profile in a credentials file.
     *
     * @param name empty for the SDK's default profile
     * @param path empty for the SDK's default files
     */
    record Profile(Optional<String> name, Optional<String> path) implements AwsCredentials {}

    /**
     * A role that is assumed with the credentials of another source.
     *
     * @param source the credentials that assume the role; can be a role again
     */
    record AssumedRole(
            String arn,
            String sessionName,
            Optional<String> externalId,
            Optional<URI> stsEndpoint,
            AwsCredentials source)
            implements AwsCredentials {}

    /**
     * A role that is assumed with a web identity token. Empty values come from the environment, as
     * AWS sets it for pods.
     */
    record WebIdentity(Optional<String> roleArn, Optional<String> sessionName, Optional<String> tokenFile)
            implements AwsCredentials {}
}
