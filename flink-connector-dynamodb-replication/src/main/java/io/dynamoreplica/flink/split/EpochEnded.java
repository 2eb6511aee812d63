/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A message from the enumerator to a reader: every row of this copy has been emitted by some reader, so
 * the copy is complete. With hand-over "checkpoint", no failure can undo that, except in a job whose
 * tables are all done. Each new attempt of a reader gets the message again.
 *
 * @param begun when the copy began, milliseconds since 1970 on DynamoDB's clock
 */
public record EpochEnded(String table, long epoch, long begun) implements SourceEvent {}
