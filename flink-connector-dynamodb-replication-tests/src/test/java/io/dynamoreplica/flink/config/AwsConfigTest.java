/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class AwsConfigTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private static final String PROXY = "arn:aws:iam::210987654321:role/proxy";

    @Test
    void withoutOptionsTheSdkFindsRegionEndpointAndCredentialsItself() {
        assertThat(AwsConfig.parse(Map.of()))
                .isEqualTo(new AwsConfig(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        new AwsCredentials.Auto()));
    }

    @Test
    void oneEndpointServesStreamsTooUnlessTheyHaveTheirOwn() {
        assertThat(AwsConfig.parse(Map.of("aws.endpoint", "http://a:1")).streamsEndpoint())
                .contains(URI.create("http://a:1"));
        assertThat(AwsConfig.parse(Map.of(
                                "aws.endpoint", "http://a:1",
                                "aws.streams.endpoint", "http://b:2"))
                        .streamsEndpoint())
                .contains(URI.create("http://b:2"));
    }

    @Test
    void anEndpointOfAwsDoesNotServeStreams() {
        assertRefused(Map.of("aws.endpoint", "https://dynamodb.eu-west-1.amazonaws.com"))
                .hasMessageContaining("Set 'aws.streams.endpoint' too");
    }

    @Test
    void anAccessKeyIsUsedWithoutAProviderToo() {
        assertThat(credentials("basic.accesskeyid", "key", "basic.secretkey", "secret"))
                .isEqualTo(new AwsCredentials.Basic("key", "secret"));
    }

    @Test
    void eachProviderReadsItsOwnOptions() {
        assertThat(credentials("provider", "ENV_VAR")).isEqualTo(new AwsCredentials.EnvironmentVariables());
        assertThat(credentials("provider", "SYS_PROP")).isEqualTo(new AwsCredentials.SystemProperties());
        assertThat(credentials("provider", "PROFILE", "profile.name", "me"))
                .isEqualTo(new AwsCredentials.Profile(Optional.of("me"), Optional.empty()));
        assertThat(credentials("provider", "WEB_IDENTITY_TOKEN", "webIdentityToken.file", "/t"))
                .isEqualTo(new AwsCredentials.WebIdentity(Optional.empty(), Optional.empty(), Optional.of("/t")));
    }

    @Test
    void aRoleMayBeAssumedThroughAnotherRole() {
        AwsCredentials credentials = AwsConfig.parse(Map.of(
                        "aws.credentials.provider", "ASSUME_ROLE",
                        "aws.credentials.role.arn", ROLE,
                        "aws.credentials.role.externalId", "42",
                        "aws.credentials.role.sessionName", "copy",
                        "aws.credentials.role.stsEndpoint", "https://sts.example",
                        "aws.credentials.role.provider", "ASSUME_ROLE",
                        "aws.credentials.role.provider.role.arn", PROXY,
                        "aws.credentials.role.provider.role.provider", "ENV_VAR"))
                .credentials();

        assertThat(credentials)
                .isEqualTo(new AwsCredentials.AssumedRole(
                        ROLE,
                        "copy",
                        Optional.of("42"),
                        Optional.of(URI.create("https://sts.example")),
                        new AwsCredentials.AssumedRole(
                                PROXY,
                                "flink-dynamodb-replication",
                                Optional.empty(),
                                Optional.empty(),
                                new AwsCredentials.EnvironmentVariables())));
    }

    @Test
    void theOptionsOfARolesSourceAreKnown() {
        OptionNames.refuseUnknown(Map.of(
                        "aws.credentials.role.provider.role.provider",
                        "BASIC",
                        "aws.credentials.role.provider.role.provider.basic.secretkey",
                        "s")
                .keySet());
    }

    @Test
    void whatAProviderNeedsIsNamed() {
        assertRefused(Map.of("aws.credentials.provider", "BASIC"))
                .hasMessageContaining("'aws.credentials.basic.accesskeyid'");
        assertRefused(Map.of("aws.credentials.provider", "ASSUME_ROLE"))
                .hasMessageContaining("'aws.credentials.role.arn'");
        assertRefused(Map.of(
                        "aws.credentials.provider", "ASSUME_ROLE",
                        "aws.credentials.role.arn", ROLE,
                        "aws.credentials.role.provider", "BASIC"))
                .hasMessageContaining("'aws.credentials.role.provider.basic.accesskeyid'");
    }

    @Test
    void whatAProviderIgnoresIsRefused() {
        assertRefused(Map.of("aws.credentials.role.arn", ROLE))
                .hasMessageContaining("'aws.credentials.role.arn' has no effect")
                .hasMessageContaining("ASSUME_ROLE or WEB_IDENTITY_TOKEN");
        assertRefused(Map.of(
                        "aws.credentials.provider", "ENV_VAR",
                        "aws.credentials.basic.accesskeyid", "key"))
                .hasMessageContaining("set the provider to BASIC");
    }

    @Test
    void aVariableThatWasNotFilledInIsRefused() {
        assertRefused(Map.of("aws.region", " ")).hasMessageContaining("'aws.region'");
    }

    private static AwsCredentials credentials(String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put("aws.credentials." + keysAndValues[i], keysAndValues[i + 1]);
        }
        return AwsConfig.parse(options).credentials();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Map<String, String> options) {
        return assertThatThrownBy(() -> AwsConfig.parse(options)).isInstanceOf(IllegalConfigurationException.class);
    }
}
