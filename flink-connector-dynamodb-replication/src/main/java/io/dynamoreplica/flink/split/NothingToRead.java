/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from the enumerator to a reader: the reader has no split, and other readers continue with
 * theirs. The reader must not hold back the watermark. If the reader was given a split meanwhile, it
 * ignores the message.
 */
public record NothingToRead() implements SourceEvent {}
