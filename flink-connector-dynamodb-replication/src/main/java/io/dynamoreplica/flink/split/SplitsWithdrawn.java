/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from a reader to the enumerator: this attempt will emit no record of this table up to and
 * including this epoch any more, and no checkpoint that begins from now on contains a split of it.
 */
public record SplitsWithdrawn(String table, long epoch) implements SourceEvent {}
