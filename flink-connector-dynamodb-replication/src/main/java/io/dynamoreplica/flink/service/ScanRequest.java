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
 * The request for one page of a segment.
 *
 * @param split has table, segment and position; not finished
 * @param projection the parts of each item in the answer; keys are missing, too, if it leaves them out
 * @param consistentRead whether the page reflects every write that was acknowledged before the
 *     call; costs twice the read units
 * @param pageLimit the largest number of items to evaluate; empty for DynamoDB's own limit of 1 MB
 */
@Internal
public record ScanRequest(ScanSplit split, Projection projection, boolean consistentRead, OptionalInt pageLimit) {
    public ScanRequest {
        Objects.requireNonNull(projection, "projection");
        if (split.isFinished()) {
            throw new IllegalArgumentException("Split %s has no page left".formatted(split.splitId()));
        }
    }
}
