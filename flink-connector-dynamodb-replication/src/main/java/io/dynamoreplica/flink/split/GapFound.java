/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Reader to enumerator: the stream no longer has what comes after the split's position. The reader
 * goes no further with it.
 *
 * @param detail what DynamoDB answered
 */
public record GapFound(ShardSplit split, GapCause cause, String detail) implements SourceEvent {}
