/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;

/**
 * The position up to which a segment was emitted. A position is never inside a page, because DynamoDB
 * documents no key for that.
 */
public sealed interface ScanPosition extends Serializable {

    /** No page was emitted yet. */
    record Start() implements ScanPosition {}

    /** All pages up to the one that ended with this {@code LastEvaluatedKey} were emitted. */
    record After(ItemKey lastEvaluatedKey) implements ScanPosition {
        public After {
            if (lastEvaluatedKey == null) {
                throw new IllegalArgumentException("A position after a page needs the page's LastEvaluatedKey");
            }
        }
    }

    /** The page without a {@code LastEvaluatedKey} was emitted. */
    record End() implements ScanPosition {}

    ScanPosition START = new Start();
    ScanPosition END = new End();
}
