/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options for the connection to AWS, with the keys of Flink's own AWS connectors. */
@PublicEvolving
public final class AwsOptions {

    /** The prefix of the keys of all options in this class. */
    public static final String PREFIX = "aws.";

    public static final ConfigOption<String> REGION = ConfigOptions.key("aws.region")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The region of the tables, such as 'eu-west-1'. If it is not set, the AWS SDK looks in the \
                    environment, the profile and the machine's metadata.""");

    public static final ConfigOption<String> ENDPOINT = ConfigOptions.key("aws.endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The endpoint of DynamoDB, as a URI with a scheme. If it is not set, it is derived from the \
                    region. It also serves the streams (as DynamoDB Local does) unless 'aws.streams.endpoint' is \
                    set.""");

    public static final ConfigOption<String> STREAMS_ENDPOINT = ConfigOptions.key("aws.streams.endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The endpoint of DynamoDB Streams, as a URI with a scheme. AWS has separate endpoints for \
                    streams, so if 'aws.endpoint' is an endpoint of AWS, this option must be set too.""");

    public static final ConfigOption<Duration> REQUEST_TIMEOUT = ConfigOptions.key("aws.request.timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription(
                    """
                    The time after which a call counts as unanswered, 100 ms to 1 h. Calls without an answer are \
                    repeated.""");

    public static final ConfigOption<AwsCredentialsKind> CREDENTIALS_PROVIDER = ConfigOptions.key(
                    "aws.credentials.provider")
            .enumType(AwsCredentialsKind.class)
            .defaultValue(AwsCredentialsKind.AUTO)
            .withDescription(
                    """
                    The source of the credentials. AUTO is the default chain of the AWS SDK: environment, system \
                    properties, web identity, profile, container, machine. If an access key is set and this option \
                    is not, BASIC is used.""");

    public static final ConfigOption<String> BASIC_ACCESS_KEY_ID = ConfigOptions.key(
                    "aws.credentials.basic.accesskeyid")
            .stringType()
            .noDefaultValue()
            .withDescription("The access key id, with provider BASIC.");

    public static final ConfigOption<String> BASIC_SECRET_KEY = ConfigOptions.key("aws.credentials.basic.secretkey")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The secret access key, with provider BASIC. If it is an option of a SQL table, SHOW CREATE \
                    TABLE, compiled plans and the catalog show it. Use another provider there.""");

    public static final ConfigOption<String> PROFILE_NAME = ConfigOptions.key("aws.credentials.profile.name")
            .stringType()
            .noDefaultValue()
            .withDescription("The name of the profile, with provider PROFILE.");

    public static final ConfigOption<String> PROFILE_PATH = ConfigOptions.key("aws.credentials.profile.path")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The credentials file that holds the profile, with provider PROFILE. If it is not set, the \
                    default files of the AWS SDK are used. The file must exist on every machine of the cluster.""");

    public static final ConfigOption<String> ROLE_ARN = ConfigOptions.key("aws.credentials.role.arn")
            .stringType()
            .noDefaultValue()
            .withDescription("The ARN of the role to assume, with provider ASSUME_ROLE or WEB_IDENTITY_TOKEN.");

    public static final ConfigOption<String> ROLE_SESSION_NAME = ConfigOptions.key("aws.credentials.role.sessionName")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The name of the assumed role's session in AWS's logs, with provider ASSUME_ROLE or \
                    WEB_IDENTITY_TOKEN. With ASSUME_ROLE the default is 'flink-dynamodb-replication'.""");

    public static final ConfigOption<String> ROLE_EXTERNAL_ID = ConfigOptions.key("aws.credentials.role.externalId")
            .stringType()
            .noDefaultValue()
            .withDescription("The external id that the role's trust policy requires, with provider ASSUME_ROLE.");

    public static final ConfigOption<String> ROLE_STS_ENDPOINT = ConfigOptions.key("aws.credentials.role.stsEndpoint")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The endpoint of STS, as a URI with a scheme, with provider ASSUME_ROLE. If it is not set, it is \
                    derived from the region.""");

    public static final ConfigOption<AwsCredentialsKind> ROLE_PROVIDER = ConfigOptions.key(
                    "aws.credentials.role.provider")
            .enumType(AwsCredentialsKind.class)
            .defaultValue(AwsCredentialsKind.AUTO)
            .withDescription(
                    """
                    The source of the credentials that assume the role, with provider ASSUME_ROLE. The options of \
                    that source have this key as their prefix, such as 'aws.credentials.role.provider.role.arn' for \
                    a role that is assumed through another role.""");

    public static final ConfigOption<String> WEB_IDENTITY_TOKEN_FILE = ConfigOptions.key(
                    "aws.credentials.webIdentityToken.file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    """
                    The file that holds the web identity token, with provider WEB_IDENTITY_TOKEN. If it is not set, \
                    the environment names the file.""");

    /** Returns all options, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return List.of(
                REGION,
                ENDPOINT,
                STREAMS_ENDPOINT,
                REQUEST_TIMEOUT,
                CREDENTIALS_PROVIDER,
                BASIC_ACCESS_KEY_ID,
                BASIC_SECRET_KEY,
                PROFILE_NAME,
                PROFILE_PATH,
                ROLE_ARN,
                ROLE_SESSION_NAME,
                ROLE_EXTERNAL_ID,
                ROLE_STS_ENDPOINT,
                ROLE_PROVIDER,
                WEB_IDENTITY_TOKEN_FILE);
    }

    private AwsOptions() {}
}
