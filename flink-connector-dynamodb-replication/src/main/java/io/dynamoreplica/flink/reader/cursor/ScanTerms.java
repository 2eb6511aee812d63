/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.projection.Projection;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the pages of a table's Scan have in common.
 *
 * @param projection which parts of each item to ask for, besides the keys
 * @param consistentRead whether a page reflects every write acknowledged before it was asked for
 * @param pageLimit the most items of a page; empty for DynamoDB's own limit of 1 MB
 */
public record ScanTerms(Projection projection, boolean consistentRead, OptionalInt pageLimit) {
    public ScanTerms {
        Objects.requireNonNull(projection, "projection");
    }
}
