/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of a job's enumerators, of which there is one after the other: when the whole job
 * fails over, Flink makes another enumerator on the same metric group, and of two metrics of one
 * name it shows the first for ever. So each is registered once; a counter goes on, and a gauge
 * shows what the latest enumerator plugs in.
 */
public final class LastingMetrics {

    /** By the variables of the enumerator's group, the groups below it, and the metric's name. */
    private final Map<List<Object>, Object> registered = new ConcurrentHashMap<>();

    private static final class Plug<T> implements Gauge<T> {
        private volatile Gauge<T> latest;

        private Plug(Gauge<T> first) {
            this.latest = first;
        }

        @Override
        public T getValue() {
            return latest.getValue();
        }
    }

    /** Where an enumerator registers. */
    Scope in(MetricGroup enumerator) {
        return new Scope(enumerator, List.of(enumerator.getAllVariables()));
    }

    final class Scope {

        private final MetricGroup group;
        private final List<Object> path;

        private Scope(MetricGroup group, List<Object> path) {
            this.group = group;
            this.path = path;
        }

        Scope in(String key, String value) {
            return new Scope(group.addGroup(key, value), below(below(path, key), value));
        }

        Counter counter(String name) {
            return (Counter)
                    registered.computeIfAbsent(below(path, name), any -> group.counter(name));
        }

        <T> void gauge(String name, Gauge<T> value) {
            gauge(name, value, plug -> group.gauge(name, plug));
        }

        /**
         * @param register for a gauge that Flink registers by a method of its own
         */
        @SuppressWarnings("unchecked") // a name has one type of value
        <T> void gauge(String name, Gauge<T> value, Consumer<Gauge<T>> register) {
            Plug<T> plug =
                    (Plug<T>)
                            registered.computeIfAbsent(
                                    below(path, name),
                                    any -> {
                                        Plug<T> first = new Plug<>(value);
                                        register.accept(first);
                                        return first;
                                    });
            plug.latest = value;
        }
    }

    private static List<Object> below(List<Object> path, String name) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
