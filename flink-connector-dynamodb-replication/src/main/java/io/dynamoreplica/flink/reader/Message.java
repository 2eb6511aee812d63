/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.reader.cursor.Call;
import io.dynamoreplica.flink.reader.cursor.Reply;

/** What other threads tell the fetcher, in the order in which it happened. */
sealed interface Message {

    /** From a thread of the pool: DynamoDB has answered, whatever it said. */
    record Answered(String splitId, Call call, Reply reply) implements Message {}

    /** From a thread of the pool: the call broke on our side. */
    record Crashed(String splitId, Call call, Throwable cause) implements Message {}

    /** From the task: a page has been emitted and its memory is free. */
    record Emitted(String splitId, long bytes) implements Message {}

    /** From the task: splits were withdrawn; {@link Withdrawals} knows which. */
    record Withdrawn() implements Message {}

    /** From the task: the enumerator says that no record will be added to the split's shard. */
    record Closed(String splitId) implements Message {}

    /** From the task: whatever the fetcher waits for, it shall return. */
    record WakeUp() implements Message {}
}
