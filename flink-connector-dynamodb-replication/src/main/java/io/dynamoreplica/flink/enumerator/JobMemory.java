/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * The memory that all enumerators of one source in one job share: the registered metrics, and the tables whose
 * copy has begun.
 *
 * <p>A job has one enumerator after the other. Flink makes another one when the whole job fails over, and when
 * the adaptive scheduler rescales it. The source cannot hold this memory, because the adaptive scheduler makes
 * the source again from its bytes. Flink's metric group can identify it: the group lasts as long as the job, and
 * each job and each source has its own. See decision 0029.
 */
final class JobMemory {

    /**
     * By the group of an enumerator. No value may refer to its key, because then no entry would ever be removed.
     * Guarded by itself.
     */
    private static final Map<MetricGroup, JobMemory> MEMORIES = new WeakHashMap<>();

    /**
     * By the path of names below the group. The references are weak, because a gauge refers to its enumerator, and
     * so to the group. The group itself holds the metrics. Guarded by itself.
     */
    private final Map<List<String>, WeakReference<Metric>> metrics = new HashMap<>();

    private final CopiedTables copiedTables = new CopiedTables();

    private JobMemory() {}

    /**
     * Finds the memory of the job, or begins it.
     *
     * @param enumeratorGroup the group of one enumerator. Flink wraps it in a new object for each enumerator. A group
     *     below it is the same object each time, so that group is the key
     */
    static JobMemory of(MetricGroup enumeratorGroup) {
        MetricGroup lasting = enumeratorGroup.addGroup("dynamodb");
        synchronized (MEMORIES) {
            return MEMORIES.computeIfAbsent(lasting, first -> new JobMemory());
        }
    }

    /**
     * @param enumeratorGroup the group that {@link #of} was given
     */
    LastingMetrics metricsIn(MetricGroup enumeratorGroup) {
        return new LastingMetrics(metrics, enumeratorGroup, List.of());
    }

    CopiedTables copiedTables() {
        return copiedTables;
    }
}
