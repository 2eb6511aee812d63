/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.List;

/** The outcome of one event. */
public record Step(ProtocolState state, List<ProtocolAction> actions) {
    public Step {
        actions = List.copyOf(actions);
    }
}
