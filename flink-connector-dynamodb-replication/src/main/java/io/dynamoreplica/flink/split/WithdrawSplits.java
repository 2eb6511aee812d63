/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from the enumerator to a reader: every split of this table up to and including this epoch
 * is void. The reader drops these splits, with the pages that were fetched and not emitted yet, and
 * answers with {@link SplitsWithdrawn}.
 */
public record WithdrawSplits(String table, long epoch) implements SourceEvent {}
