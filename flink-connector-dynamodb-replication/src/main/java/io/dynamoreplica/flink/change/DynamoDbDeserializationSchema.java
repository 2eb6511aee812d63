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
 * Turns changes into the elements of a stream. Runs in the task's thread; one instance per reader.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface DynamoDbDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /**
     * Called once before the first event.
     *
     * @param context offers a group for metrics of the schema's own, {@code deserializer} below the
     *     source's, and the class loader of the job
     */
    default void open(InitializationContext context) throws Exception {}

    /**
     * Emits any number of elements for one event. For one item, events come in the order that the
     * guarantees promise.
     *
     * @throws IOException if the event cannot be turned into an element; fails the job
     */
    void deserialize(ChangeEvent event, Collector<T> out) throws IOException;

    /**
     * Emits any number of elements, by default none, for the begin or end of a full copy. {@link
     * EpochEvent} says when each of them comes, and what it is worth.
     *
     * <p>Elements of a BEGIN have the timestamp of the rows behind them, those of an END the time
     * at which the copy was begun: no watermark moves for their sake.
     *
     * @throws IOException if the event cannot be turned into an element; fails the job
     */
    default void epoch(EpochEvent event, Collector<T> out) throws IOException {}

    /**
     * Says by when at the latest the copy had ended whose changes follow, by default to nobody. The
     * item of a change that DynamoDB made later is in the copy, or in an earlier change of this
     * stream, also if the job failed during the copy.
     *
     * <p>Comes once for each epoch in each attempt of a subtask, before the first change of a
     * shard; after a restore with a later time. Does not come where there is no such bound: with
     * {@code latest-offset} and {@code earliest-offset}, with {@code scan.snapshot.hand-over} =
     * {@code immediate}, and with {@code scan.stream.on-gap} = {@code ignore}.
     *
     * @param table the table's name as configured
     * @param epoch the number of the copy
     * @param by on DynamoDB's clock, with five minutes for clocks of its machines that differ
     */
    default void copyEnded(String table, long epoch, Instant by) {}

    /**
     * Tells whether elements of a copy have a timestamp. By default they have one that is before
     * all changes of the stream behind the copy. Without it, they have Flink's {@code
     * TimestampAssigner.NO_TIMESTAMP}, by which a watermark generator can tell them from changes.
     *
     * @return always the same
     */
    default boolean timesCopies() {
        return true;
    }
}
