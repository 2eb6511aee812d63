/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Public entry points of the connector for Amazon DynamoDB tables: a Flink source that copies a
 * table by parallel Scan and goes on with its stream.
 *
 * <p>From SQL it is the connector {@code dynamodb-replication}; from a DataStream job it is {@link
 * io.dynamoreplica.flink.DynamoDbReplicationSource}.
 */
package io.dynamoreplica.flink;
