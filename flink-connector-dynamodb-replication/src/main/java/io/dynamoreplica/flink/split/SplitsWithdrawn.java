/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Reader to enumerator: nothing of this table up to and with this epoch will be emitted any more by
 * this attempt, and nothing of it is in a checkpoint that begins from now on.
 */
@Internal
public record SplitsWithdrawn(String table, long epoch) implements SourceEvent {}
