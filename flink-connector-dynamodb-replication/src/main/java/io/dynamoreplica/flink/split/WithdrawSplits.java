/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Enumerator to reader: every split of this table up to and with this epoch is void. The reader
 * drops it, fetched pages that are not emitted yet included, and answers {@link SplitsWithdrawn}.
 */
@Internal
public record WithdrawSplits(String table, long epoch) implements SourceEvent {}
