/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.Refusal.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkInterruptedException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The mapping from failures of the SDK to refusals. An unclear failure counts as transient: it causes no
 * gap, and no copy is stopped for it. So only the codes that are listed here say something about the
 * data or about the request.
 */
final class SdkErrors {

    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * The kinds by the error codes of DynamoDB and of the services in front of it. For other codes the
     * HTTP status decides.
     */
    private static final Map<String, Kind> BY_CODE = Map.ofEntries(
            Map.entry("ProvisionedThroughputExceededException", Kind.THROTTLED),
            Map.entry("LimitExceededException", Kind.THROTTLED),
            Map.entry("RequestLimitExceeded", Kind.THROTTLED),
            Map.entry("Throttling", Kind.THROTTLED),
            Map.entry("ThrottlingException", Kind.THROTTLED),
            Map.entry("ThrottledException", Kind.THROTTLED),
            Map.entry("RequestTimeout", Kind.UNAVAILABLE),
            Map.entry("RequestTimeoutException", Kind.UNAVAILABLE),
            Map.entry("AccessDenied", Kind.DENIED),
            Map.entry("AccessDeniedException", Kind.DENIED),
            Map.entry("UnrecognizedClientException", Kind.DENIED),
            Map.entry("InvalidClientTokenId", Kind.DENIED),
            Map.entry("ExpiredToken", Kind.DENIED),
            Map.entry("ExpiredTokenException", Kind.DENIED),
            Map.entry("RequestExpired", Kind.DENIED),
            Map.entry("InvalidSignatureException", Kind.DENIED),
            Map.entry("IncompleteSignatureException", Kind.DENIED),
            Map.entry("MissingAuthenticationTokenException", Kind.DENIED),
            Map.entry("OptInRequired", Kind.DENIED),
            Map.entry("SubscriptionRequired", Kind.DENIED),
            Map.entry("SubscriptionRequiredException", Kind.DENIED),
            Map.entry("SignatureDoesNotMatch", Kind.DENIED),
            Map.entry("SignatureDoesNotMatchException", Kind.DENIED),
            Map.entry("AuthFailure", Kind.DENIED),
            Map.entry("InvalidAccessKeyId", Kind.DENIED),
            Map.entry("ResourceNotFoundException", Kind.NOT_FOUND),
            Map.entry("ValidationException", Kind.INVALID),
            Map.entry("ExpiredIteratorException", Kind.ITERATOR_EXPIRED),
            Map.entry("TrimmedDataAccessException", Kind.TRIMMED));

    private SdkErrors() {}

    /**
     * Returns the refusal for a failure.
     *
     * @param call the operation and its table or shard, for the message
     */
    static Refusal refusal(String call, RuntimeException failure) {
        if (isInterruption(failure)) {
            Thread.currentThread().interrupt();
            return new Refusal(Kind.UNAVAILABLE, "%s was interrupted".formatted(call));
        }
        Optional<SdkServiceException> answer = first(failure, SdkServiceException.class);
        Optional<CredentialsUnavailableException> noCredentials = first(failure, CredentialsUnavailableException.class);
        if (noCredentials.isPresent()) {
            return new Refusal(
                    answer.map(SdkErrors::kindOfLogin).orElse(loginWithoutAnswer(failure)),
                    "%s: %s".formatted(call, noCredentials.get().getMessage()));
        }
        return new Refusal(
                answer.map(SdkErrors::kind).orElse(Kind.UNAVAILABLE),
                "%s: %s%s".formatted(call, failure.getMessage(), rootOf(failure)));
    }

    /** Returns the kind of an error. An error without a code comes from a proxy, not from DynamoDB. */
    private static Kind kind(SdkServiceException answer) {
        Kind named = BY_CODE.get(code(answer));
        if (named != null) {
            return named;
        }
        int status = answer.statusCode();
        if (answer.isThrottlingException() || status == TOO_MANY_REQUESTS) {
            return Kind.THROTTLED;
        } else if (status == 401 || status == 403) {
            return Kind.DENIED;
        }
        boolean understood = status >= 400 && status < 500 && !code(answer).isEmpty();
        return understood ? Kind.UNKNOWN : Kind.UNAVAILABLE;
    }

    /** Returns the kind of a refusal by STS, which has many codes: DENIED, unless STS is busy or broken. */
    private static Kind kindOfLogin(SdkServiceException answer) {
        Kind kind = kind(answer);
        return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE ? kind : Kind.DENIED;
    }

    private static Kind loginWithoutAnswer(Throwable failure) {
        return first(failure, IOException.class).isPresent() ? Kind.UNAVAILABLE : Kind.DENIED;
    }

    private static String code(SdkServiceException answer) {
        if (answer instanceof AwsServiceException named
                && named.awsErrorDetails() != null
                && named.awsErrorDetails().errorCode() != null) {
            return named.awsErrorDetails().errorCode();
        }
        return "";
    }

    private static boolean isInterruption(Throwable failure) {
        return first(failure, AbortedException.class).isPresent()
                || first(failure, SdkInterruptedException.class).isPresent()
                || first(failure, InterruptedException.class).isPresent();
    }

    /** Returns the root cause: the SDK says "unable to execute HTTP request" and nests the reason. */
    private static String rootOf(Throwable failure) {
        return causes(failure)
                .reduce((outer, inner) -> inner)
                .filter(root -> root.getMessage() != null)
                .filter(root -> !failure.getMessage().contains(root.getMessage()))
                .map(root -> " (" + root.getMessage() + ")")
                .orElse("");
    }

    private static <E extends Throwable> Optional<E> first(Throwable failure, Class<E> type) {
        return causes(failure).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
