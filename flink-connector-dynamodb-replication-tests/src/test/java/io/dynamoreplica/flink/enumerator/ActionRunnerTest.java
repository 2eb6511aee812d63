/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.protocol.ProtocolAction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.SampleActions;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every action of the protocol is carried out: an unknown one makes {@code run} throw. */
class ActionRunnerTest {

    private static final Set<Class<?>> STOPS =
            Set.of(FailForGap.class, FailForSlowCopies.class, FailForRepeatedLoss.class, FailForContradiction.class);

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final CoordinatorModel flink = new CoordinatorModel(1);
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private ControlCalls calls;
    private ActionRunner runner;

    @BeforeEach
    void open() {
        db.createTable(TableSpec.named("orders"));
        flink.register(0);
        ReplicationConfig config = ReplicationConfigParser.parse(
                Map.of("table-name", "orders", "scan.startup.mode", "full-table", "scan.full-table.interval", "1 h"),
                List.of());
        calls = new ControlCalls(
                new ControlThreads(new SimpleCounter(), failures::add),
                db.service(),
                new Admission(config, db.service(), List.of()),
                event -> {},
                failures::add);
        GapLog gaps = new GapLog(JobMemory.of(flink.metricGroup()).metricsIn(flink.metricGroup()), List.of("orders"));
        runner = new ActionRunner(flink, calls, gaps, new CopyTimes(config, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        calls.close();
        db.close();
    }

    static List<ProtocolAction> actions() {
        return SampleActions.all();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void carriesOut(ProtocolAction action) {
        if (STOPS.contains(action.getClass())) {
            assertThatThrownBy(() -> runner.run(action, Urgency.ASKED_FOR))
                    .isInstanceOf(ReplicationStoppedException.class);
        } else {
            runner.run(action, Urgency.ASKED_FOR);
            assertThat(failures).isEmpty();
        }
    }
}
