/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Reader to enumerator: the stream no longer has what comes after the split's position. The reader
 * goes no further with it, unless it is configured to ignore gaps: then it goes on from the oldest
 * record kept, and does not report this gap again.
 *
 * @param split as it was before the gap: its position and proof say what was lost
 * @param detail what DynamoDB answered
 */
@Internal
public record GapFound(ShardSplit split, GapCause cause, String detail) implements SourceEvent {}
