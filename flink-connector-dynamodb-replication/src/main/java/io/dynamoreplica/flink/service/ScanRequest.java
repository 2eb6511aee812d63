/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.flink.annotation.Internal;

/**
 * One page of a segment.
 *
 * @param split says table, segment and where to go on; not finished
 * @param projection which parts of each item to answer; what it leaves out is not answered, the
 *     keys included
 * @param consistentRead whether the page reflects every write that was acknowledged before the
 *     call; costs twice the read units
 * @param pageLimit the most items to evaluate; empty for DynamoDB's own limit of 1 MB
 */
@Internal
public record ScanRequest(ScanSplit split, Projection projection, boolean consistentRead, OptionalInt pageLimit) {
    public ScanRequest {
        Objects.requireNonNull(projection, "projection");
        if (split.isFinished()) {
            throw new IllegalArgumentException("Split " + split.splitId() + " has no page left");
        }
    }
}
