/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.DiscoveryDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;

/** Which calls go first where many wait; the first one does. */
enum Urgency {
    /** Something happened, such as the end of a shard, and what follows waits for the answer. */
    ASKED_FOR,
    /** Only a look at how things stand, of every table at once. */
    ROUTINE;

    /** How urgent are the calls that an event leads to. */
    static Urgency of(ProtocolEvent event) {
        return event instanceof DiscoveryDue || event instanceof Started ? ROUTINE : ASKED_FOR;
    }
}
