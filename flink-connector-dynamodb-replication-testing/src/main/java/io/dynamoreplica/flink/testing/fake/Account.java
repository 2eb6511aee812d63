/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

/**
 * The state that all parts of one fake account share.
 *
 * @param lock guards tables, streams, faults and the log; stalled calls wait on it
 */
record Account(Object lock, ServerClock clock, SequenceNumbers numbers, Behaviour behaviour) {

    Account() {
        this(new Object(), new ServerClock(), new SequenceNumbers(), new Behaviour());
    }
}
