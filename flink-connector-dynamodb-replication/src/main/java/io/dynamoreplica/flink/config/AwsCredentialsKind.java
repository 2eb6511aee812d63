/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The kinds of credentials: values of {@code aws.credentials.provider}, named as in Flink's own AWS
 * connectors.
 */
@PublicEvolving
public enum AwsCredentialsKind {
    /** The default chain of the AWS SDK. */
    AUTO,
    /** An access key in the options. */
    BASIC,
    /** The environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
    ENV_VAR,
    /** The system properties aws.accessKeyId and aws.secretAccessKey. */
    SYS_PROP,
    /** A profile in a credentials file. */
    PROFILE,
    /** A role that is assumed with other credentials. */
    ASSUME_ROLE,
    /** A role that is assumed with a web identity token in a file. */
    WEB_IDENTITY_TOKEN
}
