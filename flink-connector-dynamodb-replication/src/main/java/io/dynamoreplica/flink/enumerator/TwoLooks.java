/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.service.Refusal;

/**
 * The proof that a table or a stream is gone: DynamoDB says so twice in a row. A single such answer
 * can come from a replica of its metadata that lags, and to give up a running copy for it would be
 * expensive. No other refusal is a proof, whatever its words. Used by one call, in one thread at a
 * time.
 */
final class TwoLooks {

    private boolean wasGone;

    /**
     * @param refusal of the latest look
     */
    boolean showThatItIsGone(Refusal refusal) {
        boolean isGone = refusal.kind() == Refusal.Kind.NOT_FOUND;
        boolean proved = wasGone && isGone;
        wasGone = isGone;
        return proved;
    }
}
