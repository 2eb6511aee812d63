/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

/** What must come of a damaged answer. */
enum Expectation {
    /** The damage is none: the answer is taken for what it is. */
    THE_TRUTH,
    /** Refused, or, where what reached the client was the truth after all, taken for that. */
    REFUSED_OR_THE_TRUTH,
    /** Refused: it is no answer that DynamoDB gives, whatever its checksum says. */
    REFUSED,
    /**
     * The damage made another answer that DynamoDB could have given, with its right checksum or
     * none: no client can tell. Whatever comes of it is whole: every record has what makes it one.
     */
    WHOLE
}
