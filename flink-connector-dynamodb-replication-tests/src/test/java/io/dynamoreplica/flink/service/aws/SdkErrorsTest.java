/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static io.dynamoreplica.flink.testing.DynamoDbLocalExtension.awsOptions;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.Refusal.Kind;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.HttpStub;
import io.dynamoreplica.flink.testing.SilentPort;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;

/** Tests of errors of the network and of DynamoDB, through the real SDK. */
@Timeout(60)
class SdkErrorsTest {

    private static final ShardKey SHARD = new ShardKey("orders", "arn:stream", "shardId-1");

    private final HttpStub stub = HttpStub.start();

    @AfterEach
    void stop() {
        stub.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException, THROTTLED",
        "400, LimitExceededException, THROTTLED",
        "400, ThrottlingException, THROTTLED",
        "400, RequestLimitExceeded, THROTTLED",
        "429, TooManyRequestsException, THROTTLED",
        "500, InternalServerError, UNAVAILABLE",
        "503, ServiceUnavailable, UNAVAILABLE",
        "400, RequestTimeoutException, UNAVAILABLE",
        "400, AccessDeniedException, DENIED",
        "400, UnrecognizedClientException, DENIED",
        "400, ExpiredTokenException, DENIED",
        "400, InvalidSignatureException, DENIED",
        "400, MissingAuthenticationTokenException, DENIED",
        "403, SomethingNew, DENIED",
        "400, ResourceNotFoundException, NOT_FOUND",
        "400, ExpiredIteratorException, ITERATOR_EXPIRED",
        "400, TrimmedDataAccessException, TRIMMED",
        "400, ValidationException, INVALID",
        "400, UnknownOperationException, UNKNOWN",
        "400, SubscriptionRequiredException, DENIED",
        "400, SignatureDoesNotMatch, DENIED",
        "403, SignatureDoesNotMatch, DENIED",
        "400, SomethingNew, UNKNOWN",
        "404, SomethingNew, UNKNOWN",
        "400, SerializationException, UNKNOWN",
    })
    void eachErrorOfTheServiceHasItsMeaning(int status, String code, Kind kind) {
        stub.thenRefuse(status, code);

        Refusal refusal = refusalOfRecords(stub.endpoint());

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.message()).contains("GetRecords of orders, shardId-1", code);
    }

    @Test
    void throttlingIsTheCallersToWaitOutNotTheSdks() {
        stub.thenRefuse(400, "ThrottlingException");

        refusalOfRecords(stub.endpoint());

        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void aConnectionThatIsCutIsTriedOnceMoreAndThenUnavailable() {
        stub.thenCutConnection();

        assertThat(refusalOfRecords(stub.endpoint()).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(stub.requests()).hasSize(2);
    }

    @Test
    void aConnectionThatWasStaleIsNotSeenByTheCaller() {
        stub.thenCutConnection().thenAnswer("{\"Records\":[],\"NextShardIterator\":\"next\"}");

        assertThat(records(stub.endpoint())).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void whereNobodyListensIsUnavailable() {
        try (SilentPort nobody = SilentPort.taken()) {
            Refusal refusal = refusalOfRecords(nobody.endpoint());

            assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refusal.message()).contains("refused");
        }
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsUnavailable() {
        stub.thenKeepSilent();
        Map<String, String> impatient = new HashMap<>(awsOptions(stub.endpoint()));
        impatient.put("aws.request.timeout", "2 s");

        Refusal refusal = refusal(impatient);

        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anAnswerThatIsCutShortIsUnavailable() {
        stub.thenAnswer("{\"Records\":[{\"eventID\":");

        assertThat(refusalOfRecords(stub.endpoint()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void anAnswerWhoseChecksumIsWrongIsUnavailable() {
        stub.thenAnswerDamaged("{\"Records\":[],\"NextShardIterator\":\"next\"}");

        assertThat(refusalOfRecords(stub.endpoint()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 407, 502})
    void anAnswerOfSomebodyElseOnTheWayIsUnavailable(int status) {
        stub.thenFail(status);

        assertThat(refusalOfRecords(stub.endpoint()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void credentialsThatAreNotThereAreDeniedBeforeAnyCall() {
        Map<String, String> options = new HashMap<>(awsOptions(stub.endpoint()));
        options.keySet().removeIf(key -> key.startsWith("aws.credentials"));
        options.put("aws.credentials.provider", "PROFILE");
        options.put("aws.credentials.profile.name", "nobody-has-this-profile");

        Refusal refusal = refusal(options);

        assertThat(refusal.kind()).isEqualTo(Kind.DENIED);
        assertThat(refusal.message()).contains("No credentials").contains("nobody-has-this");
        assertThat(stub.requests()).isEmpty();
    }

    @Test
    void aRoleThatMayNotBeAssumedIsDenied() {
        stub.thenRefuse(403, "AccessDenied");

        assertThat(refusal(assumingARole()).kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void aRoleThatCannotBeAssumedJustNowIsUnavailable() {
        stub.thenRefuse(503, "ServiceUnavailable");

        assertThat(refusal(assumingARole()).kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void anInterruptedCallIsUnavailableAndLeavesTheThreadInterrupted() {
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        CompletableFuture<Kind> kind = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            kind.complete(refusalOfRecords(stub.endpoint()).kind());
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        stub.thenAnswer("{\"Records\":[]}");

        caller.start();

        assertThat(kind).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(Kind.UNAVAILABLE);
        assertThat(caller)
                .satisfies(thread -> thread.join(Duration.ofSeconds(30).toMillis()));
        assertThat(stillInterrupted).isTrue();
    }

    /** The SDK clears the interrupt flag before it throws. */
    @Test
    void anInterruptionThatTheSdkReportsIsHandedOn() {
        AbortedException reported = AbortedException.create("interrupted");

        Refusal refusal = SdkErrors.refusal("Scan of orders", reported);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    private Map<String, String> assumingARole() {
        Map<String, String> options = new HashMap<>(awsOptions(stub.endpoint()));
        options.keySet().removeIf(key -> key.startsWith("aws.credentials"));
        options.put("aws.credentials.provider", "ASSUME_ROLE");
        options.put("aws.credentials.role.arn", "arn:aws:iam::123456789012:role/reader");
        options.put("aws.credentials.role.stsEndpoint", stub.endpoint().toString());
        options.put("aws.credentials.role.provider", "BASIC");
        options.put("aws.credentials.role.provider.basic.accesskeyid", "key");
        options.put("aws.credentials.role.provider.basic.secretkey", "secret");
        return options;
    }

    private static Refusal refusalOfRecords(URI endpoint) {
        return refusal(awsOptions(endpoint));
    }

    private static Refusal refusal(Map<String, String> options) {
        Answer<?> answer = records(options);
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused<?>) answer).refusal();
    }

    private static Answer<?> records(URI endpoint) {
        return records(awsOptions(endpoint));
    }

    private static Answer<?> records(Map<String, String> options) {
        try (DynamoDbService service = new AwsDynamoDbServiceFactory().open(Configs.reaching(options))) {
            return service.records(SHARD, "iterator");
        }
    }
}
