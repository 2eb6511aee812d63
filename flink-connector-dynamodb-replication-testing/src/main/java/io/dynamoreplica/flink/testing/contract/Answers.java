/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Assertions about answers. */
public final class Answers {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Answers() {}

    public static <T> T ok(Answer<T> answer) {
        if (answer instanceof Answer.Ok<T> ok) {
            return ok.value();
        }
        throw new AssertionError("Expected a result, got " + answer);
    }

    public static Refusal.Kind refused(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused) {
            return refused.refusal().kind();
        }
        throw new AssertionError("Expected a refusal, got " + answer);
    }

    /**
     * Asks again until the answer is as expected, because the answer of a service can be delayed
     * for a moment.
     */
    static <T> T eventually(Supplier<Answer<T>> question, Predicate<T> expected) {
        Instant deadline = Instant.now().plus(LIMIT);
        while (true) {
            T answer = ok(question.get());
            if (expected.test(answer)) {
                return answer;
            } else if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Still not as expected after " + LIMIT + ": " + answer);
            }
            Thread.onSpinWait();
        }
    }
}
