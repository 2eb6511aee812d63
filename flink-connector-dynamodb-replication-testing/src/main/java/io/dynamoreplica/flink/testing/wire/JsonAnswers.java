/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.service.Answer;
import java.util.function.Function;

/** A translation of the fake's answers to JSON. */
final class JsonAnswers {

    private JsonAnswers() {}

    /** Translates a result; refusals stay unchanged. */
    static <T> Answer<String> of(Answer<T> answer, Function<T, String> json) {
        return answer instanceof Answer.Ok<T> ok
                ? Answer.ok(json.apply(ok.value()))
                : new Answer.Refused<>(((Answer.Refused<T>) answer).refusal());
    }
}
