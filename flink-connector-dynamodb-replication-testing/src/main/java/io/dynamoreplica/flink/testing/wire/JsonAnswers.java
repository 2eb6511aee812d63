/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.service.Answer;
import java.util.function.Function;

/** Answers of the fake in the words of the wire. */
final class JsonAnswers {

    private JsonAnswers() {}

    /** Refusals stay what they are. */
    static <T> Answer<String> of(Answer<T> answer, Function<T, String> json) {
        return answer instanceof Answer.Ok<T> ok
                ? Answer.ok(json.apply(ok.value()))
                : new Answer.Refused<>(((Answer.Refused<T>) answer).refusal());
    }
}
