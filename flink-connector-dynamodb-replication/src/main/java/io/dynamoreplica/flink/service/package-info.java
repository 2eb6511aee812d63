/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The ports to DynamoDB: describe a table, list a stream's shards, scan a page, read a shard; and
 * the preflight check on top.
 *
 * <p>Whoever stands behind a port (the AWS SDK, the in-memory fake of the tests) is held to the
 * same contract suite. Every answer is a value: DynamoDB's refusals are a part of the vocabulary,
 * because "throttled", "trimmed" and "no such iterator" mean different next steps. Times are
 * DynamoDB's own, taken from its answers.
 */
package io.dynamoreplica.flink.service;
