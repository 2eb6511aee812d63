/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.DiscoveryDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;

/** The order of calls that wait: the lowest number goes first. */
enum Urgency {
    /** Something happened, such as the end of a shard, and the next step waits for the answer. */
    ASKED_FOR(0),
    /** A regular check of all tables. */
    ROUTINE(1);

    private final int number;

    Urgency(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Returns the urgency of the calls that follow from an event. */
    static Urgency of(ProtocolEvent event) {
        return event instanceof DiscoveryDue || event instanceof Started ? ROUTINE : ASKED_FOR;
    }
}
