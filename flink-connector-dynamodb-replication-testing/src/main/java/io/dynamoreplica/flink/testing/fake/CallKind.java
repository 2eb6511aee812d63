/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

/** The calls of the port. */
public enum CallKind {
    LIST_TABLES,
    DESCRIBE_TABLE,
    LIST_SHARDS,
    SCAN,
    SHARD_ITERATOR,
    RECORDS
}
