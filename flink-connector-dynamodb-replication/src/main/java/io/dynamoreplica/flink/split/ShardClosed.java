/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from the enumerator to a reader that has sent {@link NothingGiven}: no record will be added
 * to the shard, and no record was lost that is needed. If the stream keeps no record of the shard, the
 * split is at its end.
 */
public record ShardClosed(String splitId) implements SourceEvent {}
