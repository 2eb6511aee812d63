/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.Eventually;
import io.dynamoreplica.flink.testing.HttpStub;
import io.dynamoreplica.flink.testing.HttpStub.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the requests to STS for roles, and of the sessions with which DynamoDB is then called. */
@Timeout(120)
class AssumedRolesTest {

    private static final ShardKey SHARD = new ShardKey("orders", "arn:stream", "shardId-1");
    private static final String RECORDS = "{\"Records\":[],\"NextShardIterator\":\"next\"}";
    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private static final String PROXY = "arn:aws:iam::210987654321:role/proxy";

    /** The system property by which the SDK finds STS if no option names it. */
    private static final String STS_ENDPOINT = "aws.endpointUrlSts";

    private static final Duration LONG = Duration.ofHours(1);

    /** The SDK renews a session that expires in less than a minute. */
    private static final Duration NEARLY_OVER = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final HttpStub stub = HttpStub.start();
    private final Map<String, String> options = new HashMap<>();

    @BeforeEach
    void reachTheStub() {
        stub.alwaysAnswer("GetRecords", RECORDS);
        options.put("aws.region", "eu-central-1");
        options.put("aws.endpoint", stub.endpoint().toString());
    }

    @AfterEach
    void stop() {
        System.clearProperty(STS_ENDPOINT);
        stub.close();
    }

    @Test
    void aRoleIsAssumedWithItsExternalIdAndTheSessionSignsEveryCall() {
        assuming(ROLE, "aws.credentials.provider", "aws.credentials.role");
        option("aws.credentials.role.externalId", "42 & more");
        option("aws.credentials.role.sessionName", "copy");
        byKey("aws.credentials.role.provider");
        stub.thenAnswer(session("AssumeRole", "reader", LONG));

        try (DynamoDbService service = open()) {
            askForRecords(service);
            askForRecords(service);
        }

        assertThat(callsToSts()).hasSize(1);
        Request assumed = callsToSts().get(0);
        assertThat(form(assumed))
                .containsEntry("Action", "AssumeRole")
                .containsEntry("RoleArn", ROLE)
                .containsEntry("ExternalId", "42 & more")
                .containsEntry("RoleSessionName", "copy");
        assertSignedByKey(assumed);
        assertThat(callsToDynamoDb()).hasSize(2);
        callsToDynamoDb().forEach(call -> assertSignedBySession("reader", call));
    }

    @Test
    void aRoleIsAssumedByTheSessionOfTheRoleBeforeIt() {
        assuming(ROLE, "aws.credentials.provider", "aws.credentials.role");
        option("aws.credentials.role.externalId", "42");
        assuming(PROXY, "aws.credentials.role.provider", "aws.credentials.role.provider.role");
        byKey("aws.credentials.role.provider.role.provider");
        stub.thenAnswer(session("AssumeRole", "proxy", LONG)).thenAnswer(session("AssumeRole", "reader", LONG));

        try (DynamoDbService service = open()) {
            askForRecords(service);
        }

        assertThat(callsToSts()).hasSize(2);
        Request proxy = callsToSts().get(0);
        assertThat(form(proxy))
                .containsEntry("RoleArn", PROXY)
                .containsEntry("RoleSessionName", "flink-dynamodb-replication")
                .doesNotContainKey("ExternalId");
        assertSignedByKey(proxy);
        Request reader = callsToSts().get(1);
        assertThat(form(reader)).containsEntry("RoleArn", ROLE).containsEntry("ExternalId", "42");
        assertSignedBySession("proxy", reader);
        assertSignedBySession("reader", callsToDynamoDb().get(0));
    }

    @Test
    void aSessionThatIsNearlyOverIsRenewed() {
        assuming(ROLE, "aws.credentials.provider", "aws.credentials.role");
        byKey("aws.credentials.role.provider");
        stub.thenAnswer(session("AssumeRole", "first", NEARLY_OVER)).thenAnswer(session("AssumeRole", "second", LONG));

        try (DynamoDbService service = open()) {
            askForRecords(service);
            assertSignedBySession("first", lastCallToDynamoDb());
            untilSignedBy("second", service);
        }

        assertThat(callsToSts()).hasSize(2).allSatisfy(AssumedRolesTest::assertSignedByKey);
    }

    /** The file is read again for each session, because its writer renews it as well. */
    @Test
    void aWebIdentityTokenIsGivenForASessionAndReadAnewForTheNext() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "first token");
        option("aws.credentials.provider", "WEB_IDENTITY_TOKEN");
        option("aws.credentials.role.arn", ROLE);
        option("aws.credentials.role.sessionName", "pod");
        option("aws.credentials.webIdentityToken.file", token.toString());
        System.setProperty(STS_ENDPOINT, stub.endpoint().toString());
        stub.thenAnswer(session("AssumeRoleWithWebIdentity", "first", NEARLY_OVER))
                .thenAnswer(session("AssumeRoleWithWebIdentity", "second", LONG));

        try (DynamoDbService service = open()) {
            askForRecords(service);
            assertSignedBySession("first", lastCallToDynamoDb());
            Files.writeString(token, "second token");
            untilSignedBy("second", service);
        }

        assertThat(callsToSts()).hasSize(2).allSatisfy(call -> {
            assertThat(form(call))
                    .containsEntry("Action", "AssumeRoleWithWebIdentity")
                    .containsEntry("RoleArn", ROLE)
                    .containsEntry("RoleSessionName", "pod");
            assertThat(call.signer()).isEmpty();
        });
        assertThat(callsToSts())
                .extracting(call -> form(call).get("WebIdentityToken"))
                .containsExactly("first token", "second token");
    }

    /** Sets the role's options, with the credentials of the option {@code role + ".provider"}. */
    private void assuming(String arn, String provider, String role) {
        option(provider, "ASSUME_ROLE");
        option(role + ".arn", arn);
        option(role + ".stsEndpoint", stub.endpoint().toString());
    }

    private void byKey(String provider) {
        option(provider, "BASIC");
        option(provider + ".basic.accesskeyid", "user-key");
        option(provider + ".basic.secretkey", "user-secret");
    }

    private void option(String key, String value) {
        options.put(key, value);
    }

    private DynamoDbService open() {
        return new AwsDynamoDbServiceFactory().open(Configs.reaching(options));
    }

    private static void askForRecords(DynamoDbService service) {
        assertThat(service.records(SHARD, "iterator")).isInstanceOf(Answer.Ok.class);
    }

    private void untilSignedBy(String session, DynamoDbService service) {
        Eventually.holds("calls are signed by session " + session, () -> {
            askForRecords(service);
            return lastCallToDynamoDb().signer().equals(keyOf(session));
        });
        assertSignedBySession(session, lastCallToDynamoDb());
    }

    private List<Request> callsToSts() {
        return stub.requests().stream().filter(call -> call.target() == null).toList();
    }

    private List<Request> callsToDynamoDb() {
        return stub.requests().stream().filter(call -> call.target() != null).toList();
    }

    private Request lastCallToDynamoDb() {
        return callsToDynamoDb().get(callsToDynamoDb().size() - 1);
    }

    private static void assertSignedByKey(Request call) {
        assertThat(call.signer()).contains("user-key");
        assertThat(call.sessionToken()).isEmpty();
    }

    private static void assertSignedBySession(String session, Request call) {
        assertThat(call.signer()).isEqualTo(keyOf(session));
        assertThat(call.sessionToken()).contains(session + "-token");
    }

    private static Optional<String> keyOf(String session) {
        return Optional.of(session + "-key");
    }

    private static Map<String, String> form(Request call) {
        return Arrays.stream(call.body().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    /** Returns an answer of STS with the credentials of a session. */
    private static String session(String action, String name, Duration life) {
        return """
        <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult>
          <AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId><Arn>arn:aws:sts::1:s</Arn></AssumedRoleUser>
          <Credentials><AccessKeyId>%2$s-key</AccessKeyId><SecretAccessKey>%2$s-secret</SecretAccessKey>
            <SessionToken>%2$s-token</SessionToken><Expiration>%3$s</Expiration></Credentials>
        </%1$sResult></%1$sResponse>
        """
                .formatted(action, name, Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS));
    }
}
