/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.split.ReplicationSplit;
import java.io.IOException;

/** A message from another thread to the fetcher. The mailbox keeps the order of messages. */
sealed interface Message {

    /** From a thread of the pool: DynamoDB has answered, with a result or a refusal. */
    record Answered(String splitId, SplitCall call, Answer<?> answer) implements Message {}

    /** From a thread of the pool: the call failed in the client, not in DynamoDB. */
    record Crashed(String splitId, SplitCall call, Throwable cause) implements Message {
        /**
         * Returns the error of the job. The cause is suppressed, not nested: many tools show only the
         * innermost message.
         */
        IOException error(ReplicationSplit split) {
            String where = "%s of table %s (split %s)".formatted(call.operation(), split.table(), split.splitId());
            if (cause instanceof ReplicationException unusable) {
                // Recoverable: the answer may have been damaged on its way, and only a restart can tell.
                return new IOException(
                        "%s has an answer that cannot be used: %s".formatted(where, unusable.getMessage()));
            }
            IOException broken = new IOException(
                    """
                    %s failed in the client, not in DynamoDB: %s. The split is read again from its last checkpoint \
                    when the job restarts. If the error repeats, report it with its stack trace"""
                            .formatted(where, cause));
            broken.addSuppressed(cause);
            return broken;
        }
    }

    /** From the task: a page has been emitted and its memory is free. */
    record Emitted(String splitId, long bytes) implements Message {}

    /** From the task: splits were withdrawn; {@link Withdrawals} knows which. */
    record Withdrawn() implements Message {}

    /** From the task: the enumerator says that no record will be added to the split's shard. */
    record Closed(String splitId) implements Message {}

    /** From the task: a fetch that waits has to return. */
    record WakeUp() implements Message {}
}
