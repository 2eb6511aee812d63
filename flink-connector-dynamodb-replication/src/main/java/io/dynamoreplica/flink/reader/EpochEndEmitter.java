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
 * The emitter of the event that a copy has ended. The enumerator tells each attempt of a reader
 * again, so nothing is kept here. Used only by the task's thread.
 */
final class EpochEndEmitter<T> {

    /** No split has this id: ids of splits begin with the name of a table. */
    private static final String OUTPUT = "/ends-of-copies";

    private final DynamoDbDeserializationSchema<T> schema;
    private final TimestampedOutput<T> out = new TimestampedOutput<>();

    EpochEndEmitter(DynamoDbDeserializationSchema<T> schema) {
        this.schema = schema;
    }

    /**
     * Emits the event through an output of its own, which is released afterwards. An event that is
     * emitted through the reader's main output counts for the watermark as if it came before all
     * splits.
     */
    void end(EpochEnded ended, ReaderOutput<T> output) throws IOException {
        EpochEvent end = new EpochEvent(ended.table(), ended.epoch(), Kind.END);
        SourceOutput<T> own = output.createOutputForSplit(OUTPUT);
        // The output is active already. But Flink 2 accepts no watermark of a split that it does not
        // know, and a watermark strategy may make a watermark for each record.
        own.markActive();
        schema.epoch(end, out.at(own, ended.begun()));
        output.releaseOutputForSplit(OUTPUT);
    }
}
