/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * An answer of GetRecords. May be empty with records still ahead; the last one of a shard, without
 * a next iterator, may carry records.
 *
 * @param nextIterator empty when the shard is closed and this page ends it
 * @param bytes about what the page takes in memory
 * @param serverTime when DynamoDB answered, on its own clock
 */
@Internal
public record ShardPage(List<StreamRecord> records, Optional<String> nextIterator, long bytes, Instant serverTime) {}
