/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.PublicEvolving;

/** The kind of a change event. */
@PublicEvolving
public enum Operation {
    /** The item was read by the Scan of a copy. It has not necessarily changed. */
    READ,
    /** Stream event INSERT. */
    INSERT,
    /** Stream event MODIFY. */
    MODIFY,
    /** Stream event REMOVE, by a client or by time to live. */
    REMOVE
}
