/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import java.util.List;
import java.util.OptionalInt;

/**
 * What the pages of a table's Scan have in common.
 *
 * @param attributes top-level attributes to ask for, keys included; empty for all
 * @param consistentRead whether a page reflects every write acknowledged before it was asked for
 * @param pageLimit the most items of a page; empty for DynamoDB's own limit of 1 MB
 */
public record ScanTerms(List<String> attributes, boolean consistentRead, OptionalInt pageLimit) {
    public ScanTerms {
        attributes = List.copyOf(attributes);
    }
}
