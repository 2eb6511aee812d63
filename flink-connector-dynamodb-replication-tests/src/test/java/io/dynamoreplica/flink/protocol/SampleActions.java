/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.SealedCases;
import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.protocol.ProtocolAction.Assign;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.Forget;
import io.dynamoreplica.flink.protocol.ProtocolAction.LimitWait;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoMoreSplits;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NotePause;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.protocol.ProtocolAction.Probe;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendEpochEnded;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendNothingToRead;
import io.dynamoreplica.flink.protocol.ProtocolAction.SendShardClosed;
import io.dynamoreplica.flink.protocol.ProtocolAction.SetBacklog;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolAction.Withdraw;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.List;

/** One action of each kind, about the table {@code orders} and reader 0. */
public final class SampleActions {

    private static final String TABLE = "orders";
    private static final String ARN = "arn:orders";
    private static final ShardSplit SHARD =
            new ShardSplit(new ShardKey(TABLE, ARN, "shard-1"), 1, ShardPosition.BEGINNING, 0, ShardSplit.DROP_NOTHING);
    private static final Gap GAP = new Gap(GapCause.TRIMMED, "shard-1", "trimmed", new Gap.Range(1, 2));

    /**
     * Returns one action of each kind.
     *
     * @throws AssertionError naming the kinds without a sample
     */
    public static List<ProtocolAction> all() {
        return SealedCases.of(
                ProtocolAction.class,
                new Assign(0, List.of(SHARD)),
                new Forget(0, List.of(SHARD.splitId())),
                new Withdraw(0, TABLE, 1),
                new SendEpochEnded(0, TABLE, 1, 0),
                new SendNothingToRead(0),
                new SendShardClosed(0, SHARD.splitId()),
                new NoMoreSplits(0),
                new SetBacklog(true),
                new Describe(TABLE, Describe.ANY),
                new ListShards(TABLE, ARN, 0),
                new Probe(SHARD),
                new WakeAfter(TABLE, 1, Phase.SETTLING, 1),
                new LimitWait(SHARD.splitId(), 1),
                new AwaitNextCopy(TABLE, 1, 0),
                new NoteGap(TABLE, GAP, GapPolicy.RESNAPSHOT),
                new NoteUnfit(TABLE, GapCause.DISABLED, "the stream is off", 1),
                new NotePause(TABLE, 2, 10_000),
                new FailForRepeatedLoss(TABLE, GAP, 2),
                new FailForGap(TABLE, GapCause.TRIMMED, "trimmed", Remedy.ANOTHER_POLICY),
                new FailForSlowCopies(TABLE, GAP, new CopyEstimate(1, 2, 1, 1)),
                new FailForContradiction(TABLE, "a contradiction"));
    }

    private SampleActions() {}
}
