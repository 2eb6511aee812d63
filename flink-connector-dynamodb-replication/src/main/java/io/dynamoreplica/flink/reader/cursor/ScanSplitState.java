/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import org.apache.flink.annotation.Internal;

/** How far a segment has been emitted: whole pages only. */
@Internal
public final class ScanSplitState implements SplitState {

    private ScanSplit split;

    public ScanSplitState(ScanSplit split) {
        this.split = split;
    }

    /** The last item of this page has been emitted. */
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
            throw new IllegalStateException("Split " + split.splitId() + " ended before its last page was emitted");
        }
        return split;
    }
}
