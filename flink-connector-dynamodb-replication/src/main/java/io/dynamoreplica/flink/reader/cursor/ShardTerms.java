/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import org.apache.flink.annotation.Internal;

/**
 * How shards are read.
 *
 * @param pollMillis how long a shard rests after an answer without records
 * @param goesOnAfterGap whether a shard that has lost records is read on from the oldest one kept
 */
@Internal
public record ShardTerms(long pollMillis, boolean goesOnAfterGap) {}
