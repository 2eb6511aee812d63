/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

/**
 * The schema that turns changes into the elements of a stream. It runs in the task's thread. Each reader has
 * an instance of its own.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface DynamoDbDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /**
     * Prepares the schema. Called once before the first event.
     *
     * @param context gives the class loader of the job, and a metric group for the schema: {@code
     *     deserializer} below the group of the source
     */
    default void open(InitializationContext context) throws Exception {}

    /**
     * Emits any number of elements for one event. The events of one item come in the order that
     * docs/guarantees.md describes.
     *
     * @throws IOException if the event cannot be turned into an element. The job fails
     */
    void deserialize(ChangeEvent event, Collector<T> out) throws IOException;

    /**
     * Emits any number of elements for the begin or end of a full copy; by default none. {@link EpochEvent}
     * describes when each of the two comes, and what it means.
     *
     * <p>The elements of a BEGIN have the timestamp of the rows that follow. The elements of an END have the
     * time at which the copy began. So neither of them moves a watermark.
     *
     * @throws IOException if the event cannot be turned into an element. The job fails
     */
    default void epoch(EpochEvent event, Collector<T> out) throws IOException {}

    /**
     * Receives a time before which the copy had ended; by default it ignores it. If DynamoDB changes or
     * deletes an existing item after this time, the item is in the copy or in an earlier change of this
     * stream, even if the job failed during the copy.
     *
     * <p>Called once for each epoch in each attempt of a subtask, before the first change of a shard. After a
     * restore the time is later. Called only if such a time is known: with startup mode {@code initial},
     * unless {@code scan.snapshot.hand-over} is {@code immediate} or {@code scan.stream.on-gap} is {@code
     * ignore}.
     *
     * @param table the table's name as configured
     * @param epoch the number of the copy
     * @param by the time on DynamoDB's clock. It includes five minutes for differences between the clocks of
     *     DynamoDB's machines
     */
    default void copyEnded(String table, long epoch, Instant by) {}

    /**
     * Returns whether elements of a copy have a timestamp. By default they have one, which is before all
     * changes of the stream that follows the copy. If they have none, they have Flink's {@code
     * TimestampAssigner.NO_TIMESTAMP}, which lets a watermark generator distinguish them from changes.
     *
     * @return the same value at each call
     */
    default boolean timesCopies() {
        return true;
    }
}
