/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** The schema that emits the change events themselves, materialised, so that they can be kept and compared. */
@PublicEvolving
public final class ChangeEventDeserializationSchema implements DynamoDbDeserializationSchema<ChangeEvent> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ChangeEvent event, Collector<ChangeEvent> out) {
        out.collect(event.materialised());
    }

    @Override
    public TypeInformation<ChangeEvent> getProducedType() {
        return new ChangeEventTypeInfo();
    }
}
