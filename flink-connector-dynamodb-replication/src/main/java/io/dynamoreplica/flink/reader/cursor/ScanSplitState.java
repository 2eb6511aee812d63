/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;

/** The position up to which a segment was emitted, in whole pages. */
public final class ScanSplitState implements SplitState {

    private ScanSplit split;

    public ScanSplitState(ScanSplit split) {
        this.split = split;
    }

    /** Moves the position behind this page, of which the last item was emitted. */
    public void emitted(ScanPage page) {
        split = split.at(page.lastEvaluatedKey()
                .<ScanPosition>map(ScanPosition.After::new)
                .orElse(ScanPosition.END));
    }

    @Override
    public ScanSplit split() {
        return split;
    }

    @Override
    public ScanSplit finished() {
        if (!split.isFinished()) {
            throw new IllegalStateException(
                    "Split %s ended before its last page was emitted".formatted(split.splitId()));
        }
        return split;
    }
}
