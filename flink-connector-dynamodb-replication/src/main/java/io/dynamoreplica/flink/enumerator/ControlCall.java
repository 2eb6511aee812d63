/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A call of the control plane that is repeated until it is answered.
 *
 * @param name the operation and its object, for the log
 * @param body makes the call, in a control thread
 * @param onOk takes the result, in a control thread
 * @param onRefused takes a refusal, in a control thread, and decides whether the call is repeated
 */
record ControlCall<T>(String name, Supplier<Answer<T>> body, Consumer<T> onOk, RefusalRule onRefused) {

    /** The decision whether a refused call is repeated. */
    @FunctionalInterface
    interface RefusalRule {
        /**
         * @param attempts how many consecutive attempts of the call have failed, this one included
         */
        boolean repeatAfter(Refusal refusal, int attempts);
    }
}
