/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The units of work and the messages about them: the two kinds of split, their positions, a shard, and
 * the messages that readers and the enumerator exchange. For the words, see docs/glossary.md.
 *
 * <p>Everything here is an immutable value. The package does not use DynamoDB's API. Of Flink it uses
 * only the two marker interfaces that Flink needs to carry splits and messages. So the decisions in
 * {@code protocol} can run without either.
 *
 * <pre>
 *   ScanSplit   Start ──page──▶ After(key) ──page──▶ … ──▶ End
 *   ShardSplit  Beginning | OldestKept ──record──▶ After(sequence number) ──record──▶ … ──▶ End
 * </pre>
 */
package io.dynamoreplica.flink.split;
