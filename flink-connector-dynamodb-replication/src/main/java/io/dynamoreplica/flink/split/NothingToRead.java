/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Enumerator to reader: the reader has no split, and splits of other readers go on. It must not
 * hold back the watermark. A reader that was given a split meanwhile ignores this.
 */
@Internal
public record NothingToRead() implements SourceEvent {}
