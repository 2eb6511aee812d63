/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.SealedCases;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointCompleted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CheckpointStarted;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.ProtocolEvent.DiscoveryDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.NothingGiven;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderLost;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReset;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsEnded;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Started;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableEvent;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.WaitedLongEnough;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the protocol has a transition for every event. An unknown event makes {@code step} throw. */
class EveryEventTest {

    private final Protocol protocol = new Protocol(List.of(Rules.INITIAL));
    private final ProtocolState initial = protocol.initial(new EnumeratorState(Map.of()), 1);

    static List<ProtocolEvent> ofTheConfiguredTable() {
        return samples("orders");
    }

    static List<ProtocolEvent> ofAnUnknownTable() {
        return samples("another table").stream()
                .filter(TableEvent.class::isInstance)
                .toList();
    }

    private static List<ProtocolEvent> samples(String table) {
        ShardKey key = new ShardKey(table, "arn", "shard-1");
        ShardSplit shard = new ShardSplit(key, 1, ShardPosition.BEGINNING, 0, ShardSplit.DROP_NOTHING);
        Description description = new Description(new Identity("id", "arn"), true, Optional.empty(), 1, 1);
        return List.of(
                new Started(),
                new DiscoveryDue(),
                new CheckpointStarted(1),
                new CheckpointCompleted(1),
                new WaitedLongEnough(shard.splitId()),
                new ReaderReported(0, List.of(), List.of()),
                new ReaderLost(0),
                new ReaderReset(0, List.of(shard)),
                new SplitsEnded(0, List.of(shard)),
                new SplitsWithdrawn(0, table, 1),
                new TableDescribed(table, 0, description),
                new TableGone(table, "arn", "gone"),
                new ShardsListed(table, "arn", true, List.of(), 1),
                new ShardProbed(table, "shard-1", true),
                new Woken(table, 0, Phase.SETTLING),
                new CopyDue(table, 0),
                new NothingGiven(0, shard, "nothing"),
                new GapReported(shard, GapCause.TRIMMED, "trimmed"));
    }

    @Test
    void thereIsASampleOfEveryEvent() {
        Set<Class<?>> sampled = new LinkedHashSet<>();
        ofTheConfiguredTable().forEach(event -> sampled.add(event.getClass()));
        assertThat(sampled).isEqualTo(SealedCases.kinds(ProtocolEvent.class));
    }

    @ParameterizedTest
    @MethodSource("ofTheConfiguredTable")
    void hasATransition(ProtocolEvent event) {
        assertThat(protocol.step(initial, event)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("ofAnUnknownTable")
    void changesNothingIfItsTableIsNotReplicated(TableEvent event) {
        ProtocolState started = protocol.step(initial, new Started()).state();
        Transition transition = protocol.step(started, event);
        assertThat(transition.state()).isEqualTo(started);
        assertThat(transition.actions()).isEmpty();
    }
}
