/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.change.ChangeEvent;
import java.math.BigInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A consumer that writes the events of an item to the replica. It fails the job permanently if its
 * state shows that an event arrived twice or out of order: an event of an epoch after an event of a
 * newer one, and, within an epoch, a change that is not newer than an earlier one, a scanned item
 * after a change of it, or an item scanned twice. After a failure, events are replayed and the
 * state is set back as well, so a replay is not an error.
 */
final class KeyedConsumer extends KeyedProcessFunction<String, ChangeEvent, Long> {

    private static final long serialVersionUID = 1L;

    private final String replica;
    private transient ValueState<String> lastChange;
    private transient ValueState<Long> scannedIn;
    private transient ValueState<Long> epochs;

    KeyedConsumer(String replica) {
        this.replica = replica;
    }

    @Override
    public void open(OpenContext context) {
        lastChange = getRuntimeContext().getState(new ValueStateDescriptor<>("last-change", Types.STRING));
        epochs = getRuntimeContext().getState(new ValueStateDescriptor<>("epoch", Types.LONG));
        scannedIn = getRuntimeContext().getState(new ValueStateDescriptor<>("scanned-in", Types.LONG));
    }

    @Override
    public void processElement(ChangeEvent event, Context context, Collector<Long> out) throws Exception {
        enter(event);
        if (event.isFromSnapshot()) {
            scanned(event);
        } else {
            changed(event);
        }
        Replica.find(replica).apply(event);
        out.collect(event.epoch());
    }

    private void enter(ChangeEvent event) throws Exception {
        Long latest = epochs.value();
        if (latest != null && event.epoch() < latest) {
            throw new OutOfOrderException(
                    "an event of an older epoch came after epoch " + latest + ": " + event.materialised());
        }
        if (latest == null || event.epoch() > latest) {
            lastChange.clear();
            epochs.update(event.epoch());
        }
    }

    private void scanned(ChangeEvent event) throws Exception {
        Long epoch = scannedIn.value();
        if (epoch != null && epoch == event.epoch()) {
            throw new OutOfOrderException("scanned twice in one epoch: " + event.materialised());
        }
        if (lastChange.value() != null) {
            throw new OutOfOrderException("scanned after change " + lastChange.value() + ": " + event.materialised());
        }
        scannedIn.update(event.epoch());
    }

    private void changed(ChangeEvent event) throws Exception {
        String last = lastChange.value();
        String number = event.origin().sequenceNumber();
        if (last != null && new BigInteger(number).compareTo(new BigInteger(last)) <= 0) {
            throw new OutOfOrderException("change " + number + " after " + last + ": " + event.materialised());
        }
        lastChange.update(number);
    }

    /** An exception that ends the job whatever its restart strategy. */
    @ThrowableAnnotation(ThrowableType.NonRecoverableError)
    static final class OutOfOrderException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfOrderException(String message) {
            super("Out of order: " + message);
        }
    }
}
