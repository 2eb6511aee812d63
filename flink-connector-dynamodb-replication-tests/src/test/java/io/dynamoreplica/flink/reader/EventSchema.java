/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/** A schema that emits events unchanged. */
final class EventSchema implements DynamoDbDeserializationSchema<ChangeEvent> {

    private transient Counter emitted;

    @Override
    public void open(InitializationContext context) {
        emitted = context.getMetricGroup().counter("emittedBySchema");
    }

    @Override
    public void deserialize(ChangeEvent event, Collector<ChangeEvent> out) {
        if (emitted == null) {
            throw new IllegalStateException("The schema was not opened");
        }
        emitted.inc();
        out.collect(event.materialised());
    }

    @Override
    public TypeInformation<ChangeEvent> getProducedType() {
        return TypeInformation.of(ChangeEvent.class);
    }
}
