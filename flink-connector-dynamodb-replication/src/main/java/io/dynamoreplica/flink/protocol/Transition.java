/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.List;

/** The outcome of one event: the next state, and the actions in the order in which to run them. */
public record Transition(ProtocolState state, List<ProtocolAction> actions) {
    public Transition {
        actions = List.copyOf(actions);
    }
}
