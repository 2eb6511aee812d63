/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.SplitCall;
import io.dynamoreplica.flink.service.Answer;

/** A message from another thread to the fetcher. The mailbox keeps the order of messages. */
sealed interface Message {

    /** From a thread of the pool: DynamoDB has answered, with a result or a refusal. */
    record Answered(String splitId, SplitCall call, Answer<?> answer) implements Message {}

    /** From a thread of the pool: the call failed in the client, not in DynamoDB. */
    record Crashed(String splitId, SplitCall call, Throwable cause) implements Message {}

    /** From the task: a page has been emitted and its memory is free. */
    record Emitted(String splitId, long bytes) implements Message {}

    /** From the task: splits were withdrawn; {@link Withdrawals} knows which. */
    record Withdrawn() implements Message {}

    /** From the task: the enumerator says that no record will be added to the split's shard. */
    record Closed(String splitId) implements Message {}

    /** From the task: a fetch that waits has to return. */
    record WakeUp() implements Message {}
}
