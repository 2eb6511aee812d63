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
 * A page of a shard, as GetRecords answers it. It can be empty although records follow. The last page of
 * a shard, without a next iterator, can have records.
 *
 * @param nextIterator empty if the shard is closed and this page ends it
 * @param bytes an estimate of the memory that the page takes
 * @param serverTime when DynamoDB answered, on DynamoDB's clock
 */
@Internal
public record ShardPage(List<StreamRecord> records, Optional<String> nextIterator, long bytes, Instant serverTime) {}
