/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from a reader to the enumerator: no record of this shard was read yet, and DynamoDB gives
 * none. The reader asks DynamoDB again. It repeats the message with every refusal, until DynamoDB gives
 * a page or the enumerator sends {@link ShardClosed}.
 *
 * @param split the current split: its proof shows what can be lost
 * @param detail the answer of DynamoDB
 */
public record NothingGiven(ShardSplit split, String detail) implements SourceEvent {}
