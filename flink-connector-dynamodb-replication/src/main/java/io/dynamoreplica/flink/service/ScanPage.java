/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.split.ItemKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * A page of a Scan. It can be empty without being the last one.
 *
 * @param lastEvaluatedKey where the next page begins; empty on the last page
 * @param bytes an estimate of the memory that the page takes
 * @param serverTime when DynamoDB answered, on DynamoDB's clock
 */
@Internal
public record ScanPage(
        List<Item> items,
        Optional<ItemKey> lastEvaluatedKey,
        long bytes,
        double consumedReadUnits,
        Instant serverTime) {}
