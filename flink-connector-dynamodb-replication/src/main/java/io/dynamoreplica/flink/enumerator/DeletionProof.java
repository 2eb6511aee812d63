/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.service.Refusal;

/**
 * The proof that a table or a stream is deleted: two consecutive answers that it does not exist. A single such answer
 * can come from a replica of DynamoDB's metadata that lags, and it would be expensive to give up a copy for that. No
 * other refusal is a proof. Used by one call, in one thread at a time.
 */
final class DeletionProof {

    private boolean wasGone;

    /** Takes the latest refusal, and returns whether it completes the proof. */
    boolean isCompletedBy(Refusal refusal) {
        boolean isGone = refusal.kind() == Refusal.Kind.NOT_FOUND;
        boolean proved = wasGone && isGone;
        wasGone = isGone;
        return proved;
    }
}
