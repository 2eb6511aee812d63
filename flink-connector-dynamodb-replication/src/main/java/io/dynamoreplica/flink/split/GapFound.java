/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from a reader to the enumerator: the stream no longer has the records after the split's
 * position. The reader stops reading the split. If gaps are ignored, the reader continues instead from
 * the oldest record kept, and does not report this gap again.
 *
 * @param split the split before the gap: its position and proof show what was lost
 * @param detail the answer of DynamoDB
 */
public record GapFound(ShardSplit split, GapCause cause, String detail) implements SourceEvent {}
