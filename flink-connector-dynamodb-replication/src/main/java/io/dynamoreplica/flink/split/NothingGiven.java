/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Reader to enumerator: no record of this shard was read yet, and DynamoDB gives none. The reader
 * asks DynamoDB again. It says this again with every refusal, until DynamoDB gives a page or the
 * enumerator says {@link ShardClosed}.
 *
 * @param split as it is: its proof says what can be lost
 * @param detail what DynamoDB answered
 */
@Internal
public record NothingGiven(ShardSplit split, String detail) implements SourceEvent {}
