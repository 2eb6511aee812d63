/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of a job's enumerators, of which there is one after the other: Flink makes another
 * one on the same metric group when the whole job fails over, and when the adaptive scheduler
 * rescales it. Of two metrics with one name Flink shows the first for ever. So each is registered
 * once. A counter goes on, and a gauge shows what the latest enumerator plugs in.
 *
 * <p>The adaptive scheduler makes the source anew from its bytes, so the source cannot remember
 * what is registered. What all enumerators of a job have in common is Flink's metric group: it
 * lasts as long as the job, and it is another one for each job and each source. It holds the
 * metrics, but gives none of them back. So this class knows them by the group, and holds neither:
 * both references are weak, and end with the job. See decision 0029.
 */
final class LastingMetrics {

    /**
     * By the group of an enumerator, what is registered in it and below it, by path. Nothing in the
     * values leads back to the key. Guarded by itself.
     */
    private static final Map<MetricGroup, Map<List<String>, WeakReference<Metric>>> REGISTERED = new WeakHashMap<>();

    private final Map<List<String>, WeakReference<Metric>> registered;
    private final MetricGroup group;
    private final List<String> path;

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

    private LastingMetrics(Map<List<String>, WeakReference<Metric>> registered, MetricGroup group, List<String> path) {
        this.registered = registered;
        this.group = group;
        this.path = path;
    }

    /**
     * Those of an enumerator and of all before it.
     *
     * @param enumerator a new object for each enumerator, around a group that stays; a group below
     *     it is the same object each time, so that is the one to know it by
     */
    static LastingMetrics of(MetricGroup enumerator) {
        MetricGroup lasting = enumerator.addGroup("dynamodb");
        synchronized (REGISTERED) {
            return new LastingMetrics(
                    REGISTERED.computeIfAbsent(lasting, first -> new HashMap<>()), enumerator, List.of());
        }
    }

    LastingMetrics in(String key, String value) {
        return new LastingMetrics(registered, group.addGroup(key, value), below(key, value));
    }

    Counter counter(String name) {
        return once(name, () -> group.counter(name));
    }

    <T> void gauge(String name, Gauge<T> value) {
        gauge(name, value, plug -> group.gauge(name, plug));
    }

    /**
     * @param register for a gauge that Flink registers by a method of its own
     */
    <T> void gauge(String name, Gauge<T> value, Consumer<Gauge<T>> register) {
        Plug<T> plug = once(name, () -> {
            Plug<T> first = new Plug<>(value);
            register.accept(first);
            return first;
        });
        plug.latest = value;
    }

    @SuppressWarnings("unchecked") // a name has one type of metric
    private <M extends Metric> M once(String name, Supplier<M> register) {
        List<String> key = below(name);
        synchronized (REGISTERED) {
            WeakReference<Metric> known = registered.get(key);
            M metric = known == null ? null : (M) known.get();
            if (metric == null) {
                metric = register.get();
                registered.put(key, new WeakReference<>(metric));
            }
            return metric;
        }
    }

    private List<String> below(String... names) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(List.of(names));
        return List.copyOf(longer);
    }
}
