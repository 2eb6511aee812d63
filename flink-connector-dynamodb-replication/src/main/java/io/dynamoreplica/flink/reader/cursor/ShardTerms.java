/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

/**
 * The settings by which shards are read.
 *
 * @param pollMillis the wait after an answer without records
 * @param goesOnAfterGap whether a shard that has lost records is read from the oldest record kept
 */
public record ShardTerms(long pollMillis, boolean goesOnAfterGap) {}
