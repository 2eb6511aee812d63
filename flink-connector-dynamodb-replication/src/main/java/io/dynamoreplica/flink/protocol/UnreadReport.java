/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.split.ShardSplit;

/**
 * A reader's report that DynamoDB gives no record of a shard.
 *
 * @param split the shard as the reader has it
 * @param detail the answer of DynamoDB
 */
record UnreadReport(int subtask, ShardSplit split, String detail) {}
