/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.StreamRecord;
import java.util.List;

/** An element that waits in a reader to be emitted. A barrier can come between two elements. */
sealed interface Queued {

    Reading reading();

    record Page(Reading reading, ScanPage page, List<String> keyNames) implements Queued {}

    /**
     * A record of a shard.
     *
     * @param lastOfPage whether its page is complete when the record has been emitted
     */
    record Record(Reading reading, StreamRecord record, boolean lastOfPage) implements Queued {}

    /** A proof: at this time, the position was known to be untrimmed. */
    record Proof(Reading reading, long time) implements Queued {}

    record Gap(Reading reading, Outcome.Gap gap) implements Queued {}

    /** A report that DynamoDB returns no record of a shard of which no record was read yet. */
    record Unread(Reading reading, String detail) implements Queued {}

    /** The end of a split: no further element of it follows. */
    record End(Reading reading) implements Queued {}
}
