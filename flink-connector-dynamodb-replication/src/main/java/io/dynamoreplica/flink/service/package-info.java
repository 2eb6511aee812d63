/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The ports to DynamoDB: describe a table, list a stream's shards, scan a page, read a shard. The
 * preflight check uses them. For the words, see docs/glossary.md.
 *
 * <p>Every implementation of a port (the AWS SDK, the in-memory fake of the tests) passes the same
 * contract tests. Every answer is a value. A refusal is a value, too, because a throttled call, a
 * trimmed position and an expired iterator need different next steps. Times are DynamoDB's own, taken
 * from its answers.
 */
package io.dynamoreplica.flink.service;
