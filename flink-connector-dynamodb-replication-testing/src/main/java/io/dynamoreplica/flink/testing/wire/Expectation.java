/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

/** The results that a client may have for a damaged answer. */
enum Expectation {
    /** The damage has no effect: the client takes the answer as it is. */
    THE_TRUTH,
    /**
     * The client refuses the answer. If the true answer reached the client in spite of the damage,
     * the client may also take it.
     */
    REFUSED_OR_THE_TRUTH,
    /**
     * The client refuses the answer: DynamoDB never gives such an answer, whatever the checksum
     * says.
     */
    REFUSED,
    /**
     * The damage made another answer that DynamoDB could have given, with a correct checksum or
     * without one, so no client can notice. The result is complete: every record has all its
     * required parts.
     */
    WHOLE
}
