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

/** Every option of how AWS is reached, under the keys of Flink's own AWS connectors. */
@PublicEvolving
public final class AwsOptions {

    /** What the keys of all options here begin with. */
    public static final String PREFIX = "aws.";

    public static final ConfigOption<String> REGION = ConfigOptions.key("aws.region")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The region of the tables, such as 'eu-west-1'. Without it the AWS SDK looks in the environment, the"
                            + " profile and the machine's metadata.");

    public static final ConfigOption<String> ENDPOINT = ConfigOptions.key("aws.endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Where DynamoDB answers, as a URI with a scheme; derived from the region if not set. It also serves the"
                            + " streams (as DynamoDB Local does) unless 'aws.streams.endpoint' is set.");

    public static final ConfigOption<String> STREAMS_ENDPOINT = ConfigOptions.key("aws.streams.endpoint")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Where DynamoDB Streams answers, as a URI with a scheme. AWS serves streams from an endpoint of their own,"
                            + " so an 'aws.endpoint' at AWS needs this one beside it.");

    public static final ConfigOption<Duration> REQUEST_TIMEOUT = ConfigOptions.key("aws.request.timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(60))
            .withDescription(
                    "How long one call may take before it counts as unanswered, 100 ms to 1 h. Calls without an answer are"
                            + " made again.");

    public static final ConfigOption<AwsCredentialsKind> CREDENTIALS_PROVIDER = ConfigOptions.key(
                    "aws.credentials.provider")
            .enumType(AwsCredentialsKind.class)
            .defaultValue(AwsCredentialsKind.AUTO)
            .withDescription(
                    "Where credentials come from. AUTO is the default chain of the AWS SDK: environment, system properties,"
                            + " web identity, profile, container, machine. BASIC is assumed when an access key is given.");

    public static final ConfigOption<String> BASIC_ACCESS_KEY_ID = ConfigOptions.key(
                    "aws.credentials.basic.accesskeyid")
            .stringType()
            .noDefaultValue()
            .withDescription("The access key id, with provider BASIC.");

    public static final ConfigOption<String> BASIC_SECRET_KEY = ConfigOptions.key("aws.credentials.basic.secretkey")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The secret access key, with provider BASIC. In a SQL table it is shown by SHOW CREATE TABLE, by"
                            + " compiled plans and by the catalog, so take another provider there.");

    public static final ConfigOption<String> PROFILE_NAME = ConfigOptions.key("aws.credentials.profile.name")
            .stringType()
            .noDefaultValue()
            .withDescription("The name of the profile, with provider PROFILE.");

    public static final ConfigOption<String> PROFILE_PATH = ConfigOptions.key("aws.credentials.profile.path")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The credentials file that holds the profile, with provider PROFILE; the usual files of the AWS SDK if"
                            + " not set. It must be there on every machine of the cluster.");

    public static final ConfigOption<String> ROLE_ARN = ConfigOptions.key("aws.credentials.role.arn")
            .stringType()
            .noDefaultValue()
            .withDescription("The ARN of the role to assume, with provider ASSUME_ROLE or WEB_IDENTITY_TOKEN.");

    public static final ConfigOption<String> ROLE_SESSION_NAME = ConfigOptions.key("aws.credentials.role.sessionName")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The name under which the assumed role shows up in AWS's logs, with provider ASSUME_ROLE or"
                            + " WEB_IDENTITY_TOKEN; with ASSUME_ROLE it is 'flink-dynamodb-replication' if not set.");

    public static final ConfigOption<String> ROLE_EXTERNAL_ID = ConfigOptions.key("aws.credentials.role.externalId")
            .stringType()
            .noDefaultValue()
            .withDescription("The external id that the role's trust policy asks for, with provider ASSUME_ROLE.");

    public static final ConfigOption<String> ROLE_STS_ENDPOINT = ConfigOptions.key("aws.credentials.role.stsEndpoint")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Where STS answers, as a URI with a scheme, with provider ASSUME_ROLE; derived from the region if not"
                            + " set.");

    public static final ConfigOption<AwsCredentialsKind> ROLE_PROVIDER = ConfigOptions.key(
                    "aws.credentials.role.provider")
            .enumType(AwsCredentialsKind.class)
            .defaultValue(AwsCredentialsKind.AUTO)
            .withDescription(
                    "Where the credentials come from by which the role is assumed, with provider ASSUME_ROLE. The options of"
                            + " that provider are written below this key, such as"
                            + " 'aws.credentials.role.provider.role.arn' for a role through a role.");

    public static final ConfigOption<String> WEB_IDENTITY_TOKEN_FILE = ConfigOptions.key(
                    "aws.credentials.webIdentityToken.file")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The file that holds the web identity token, with provider WEB_IDENTITY_TOKEN; the environment names it"
                            + " if not set.");

    /** All of them, in the order in which they are documented. */
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
