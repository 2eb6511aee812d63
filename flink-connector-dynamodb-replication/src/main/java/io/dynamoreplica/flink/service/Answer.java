/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import org.apache.flink.annotation.Internal;

/** The answer to a call: its result, or the reason why there is none. */
@Internal
public sealed interface Answer<T> {

    record Ok<T>(T value) implements Answer<T> {}

    record Refused<T>(Refusal refusal) implements Answer<T> {}

    static <T> Answer<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Answer<T> refused(Refusal.Kind kind, String message) {
        return new Refused<>(new Refusal(kind, message));
    }
}
