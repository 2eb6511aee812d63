/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Enumerator to reader, after {@link NothingGiven}: no record will be added to the shard, and none
 * that is needed was lost. If the stream keeps nothing of the shard, the split is at its end.
 */
@Internal
public record ShardClosed(String splitId) implements SourceEvent {}
