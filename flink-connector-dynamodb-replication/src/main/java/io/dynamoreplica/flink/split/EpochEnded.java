/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Enumerator to reader: every row of this copy has been emitted, by whichever reader, and nothing
 * can undo that. Said again to each new attempt of a reader, and still true then.
 *
 * @param begun when the copy was begun, milliseconds since 1970 on DynamoDB's clock
 */
@Internal
public record EpochEnded(String table, long epoch, long begun) implements SourceEvent {}
