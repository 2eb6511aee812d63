/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.StreamRecord;
import java.time.Instant;

/**
 * An element that Flink hands from the fetcher's thread to the task's thread. A checkpoint falls
 * between two elements, never inside one.
 */
public sealed interface Fetched
        permits Outcome.Scanned, Outcome.Gap, Outcome.NothingGiven, Fetched.ShardRecord, Fetched.ShardProof {

    /**
     * A record of a shard. Each record is a position in the shard.
     *
     * @param answered when DynamoDB answered with the record, on DynamoDB's clock
     */
    record ShardRecord(StreamRecord record, Instant answered) implements Fetched {}

    /**
     * A proof that a shard, of which no record was read yet, has lost no record. The split's state
     * needs it: without a proof, a shard that is idle for longer than the stream keeps records would
     * look after a restore as if records could have been lost.
     *
     * @param time milliseconds since 1970 on DynamoDB's clock
     */
    record ShardProof(long time) implements Fetched {}
}
