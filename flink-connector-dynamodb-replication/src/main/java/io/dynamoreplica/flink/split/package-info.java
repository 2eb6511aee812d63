/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The units of work and what is said about them: the two kinds of split, their positions, a shard,
 * and the messages that readers and the enumerator exchange.
 *
 * <p>Everything here is an immutable value. The package knows neither DynamoDB's API nor Flink
 * beyond the two marker interfaces that Flink needs to carry splits and messages, so that the
 * decisions in {@code protocol} can be run without either.
 *
 * <pre>
 *   ScanSplit   Start ──page──▶ After(key) ──page──▶ … ──▶ End
 *   ShardSplit  Beginning | OldestKept ──record──▶ After(sequence number) ──record──▶ … ──▶ End
 * </pre>
 */
package io.dynamoreplica.flink.split;
