/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The entry points for users of the connector: a Flink source that copies Amazon DynamoDB tables by
 * a parallel Scan and continues with their streams.
 *
 * <p>A DataStream job uses {@link io.dynamoreplica.flink.DynamoDbReplicationSource}. SQL uses the
 * connector {@code dynamodb-replication} of package {@code table}.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink;
