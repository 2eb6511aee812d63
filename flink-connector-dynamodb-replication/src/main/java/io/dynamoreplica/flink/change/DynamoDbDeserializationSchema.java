/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

/**
 * Turns changes into the elements of a stream. Runs in the task's thread; one instance per reader.
 *
 * @param <T> the type of the elements
 */
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
