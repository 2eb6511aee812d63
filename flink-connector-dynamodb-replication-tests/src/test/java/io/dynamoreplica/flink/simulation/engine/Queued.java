/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.reader.cursor.Outcome;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.StreamRecord;
import java.util.List;

/** What waits in a reader to be emitted, each of it between two moments for a barrier. */
sealed interface Queued {

    Reading reading();

    record Page(Reading reading, ScanPage page, List<String> keyNames) implements Queued {}

    /**
     * @param lastOfPage whether the page that it came in has been emitted then
     */
    record Record(Reading reading, StreamRecord record, boolean lastOfPage) implements Queued {}

    /** The position was whole at this time. */
    record Proof(Reading reading, long time) implements Queued {}

    record Gap(Reading reading, Outcome.Gap gap) implements Queued {}

    /** Of the shard, of which nothing was read yet, DynamoDB gives no record. */
    record Unread(Reading reading, String detail) implements Queued {}

    /** Nothing follows of this split. */
    record End(Reading reading) implements Queued {}
}
