/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.EpochEvent;
import io.dynamoreplica.flink.change.EpochEvent.Kind;
import io.dynamoreplica.flink.split.EpochEnded;
import java.io.IOException;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * Says that a copy has ended. The enumerator tells each attempt of a reader anew, so nothing is
 * kept here. Used by the task's thread alone.
 */
final class EpochEndEmitter<T> {

    /** No split is called so: their ids begin with the name of a table. */
    private static final String OUTPUT = "/ends-of-copies";

    private final DynamoDbDeserializationSchema<T> schema;
    private final TimestampedOutput<T> out = new TimestampedOutput<>();

    EpochEndEmitter(DynamoDbDeserializationSchema<T> schema) {
        this.schema = schema;
    }

    /**
     * Through an output of its own, which is gone afterwards: what is emitted beside the splits
     * counts for the watermark as if it were ahead of them all.
     */
    void end(EpochEnded ended, ReaderOutput<T> output) throws IOException {
        EpochEvent end = new EpochEvent(ended.table(), ended.epoch(), Kind.END);
        SourceOutput<T> own = output.createOutputForSplit(OUTPUT);
        // It is active already. But Flink 2 takes no watermark of a split that it has not heard of,
        // and a strategy may make one of each record.
        own.markActive();
        schema.epoch(end, out.at(own, ended.begun()));
        output.releaseOutputForSplit(OUTPUT);
    }
}
