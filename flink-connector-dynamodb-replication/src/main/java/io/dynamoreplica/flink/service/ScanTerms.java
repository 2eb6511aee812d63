/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.Collection;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.flink.annotation.Internal;

/**
 * What the pages of a table's Scan have in common. Every Scan of a table is asked for by {@link
 * #request}, whoever asks: a request that is tried before the job begins is the one that the job
 * sends.
 *
 * @param projection which parts of each item to ask for, besides the keys
 * @param consistentRead whether a page reflects every write acknowledged before it was asked for
 * @param pageLimit the most items of a page; empty for DynamoDB's own limit of 1 MB
 */
@Internal
public record ScanTerms(Projection projection, boolean consistentRead, OptionalInt pageLimit) {
    public ScanTerms {
        Objects.requireNonNull(projection, "projection");
    }

    /** As configured for a table. */
    public static ScanTerms of(TableConfig table) {
        return new ScanTerms(
                table.projection(), table.scan().consistentRead(), table.scan().limit());
    }

    /** The same in all but the number of items. */
    public ScanTerms ofOneItem() {
        return new ScanTerms(projection, consistentRead, OptionalInt.of(1));
    }

    /**
     * The request for a page.
     *
     * @param split not finished
     * @param keys names of the table's key attributes
     */
    public ScanRequest request(ScanSplit split, Collection<String> keys) {
        return new ScanRequest(split, projection.keeping(keys), consistentRead, pageLimit);
    }
}
