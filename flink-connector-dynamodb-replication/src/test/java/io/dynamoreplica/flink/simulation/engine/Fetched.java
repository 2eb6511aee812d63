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
sealed interface Fetched {

    Reading reading();

    record Page(Reading reading, ScanPage page, List<String> keyNames) implements Fetched {}

    /**
     * @param lastOfPage whether the page that it came in has been emitted then
     */
    record Record(Reading reading, StreamRecord record, boolean lastOfPage) implements Fetched {}

    /** At this time the position was known to be untrimmed. */
    record Proof(Reading reading, long time) implements Fetched {}

    record Gap(Reading reading, Outcome.Gap gap) implements Fetched {}

    /** DynamoDB gives no record of a shard of which no record was read yet. */
    record Unread(Reading reading, String detail) implements Fetched {}

    /** No element of this split follows. */
    record End(Reading reading) implements Fetched {}
}
