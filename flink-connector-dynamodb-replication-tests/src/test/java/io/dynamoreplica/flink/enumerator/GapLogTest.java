/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.protocol.Gap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.split.GapCause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GapLogTest {

    private final Map<String, Counter> counters = new HashMap<>();
    private final MetricGroup group = new NamedGroup("", counters);
    private final GapLog log = new GapLog(JobMemory.of(group).metricsIn(group), List.of("orders", "customers"));

    @Test
    void everyTableHasACounterOfEachCauseFromTheStart() {
        assertThat(counters).hasSize(2 * GapCause.values().length);
        assertThat(counters.values()).allMatch(counter -> counter.getCount() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aLossIsCountedByTableAndCauseWhateverIsDoneAboutIt(GapPolicy policy) {
        log.note(new NoteGap("orders", new Gap(GapCause.ORPHAN, "shard-7", "gone", new Gap.Range(1, 2)), policy));
        assertThat(counters.get(".table.orders.cause.ORPHAN.gaps").getCount()).isEqualTo(1);
        assertThat(counters.values().stream().mapToLong(Counter::getCount).sum())
                .isEqualTo(1);
    }

    @Test
    void aTableThatIsWaitedForIsNoLossOfItsOwn() {
        log.note(new NoteUnfit("orders", GapCause.DISABLED, "the stream is off", 1));
        log.note(new NoteUnfit("orders", GapCause.DISABLED, "the stream is off", 2));
        assertThat(counters.values()).allMatch(counter -> counter.getCount() == 0);
    }

    /** Remembers counters by the path of their groups. */
    private static final class NamedGroup extends UnregisteredMetricsGroup {
        private final String path;
        private final Map<String, Counter> counters;

        private NamedGroup(String path, Map<String, Counter> counters) {
            this.path = path;
            this.counters = counters;
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new NamedGroup(path + "." + name, counters);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new NamedGroup(path + "." + key + "." + value, counters);
        }

        @Override
        public Counter counter(String name) {
            return counters.computeIfAbsent(path + "." + name, key -> super.counter(name));
        }
    }
}
