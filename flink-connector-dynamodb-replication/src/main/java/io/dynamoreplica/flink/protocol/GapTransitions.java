/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.protocol.Gap.Range;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForRepeatedLoss;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolEvent.GapReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardProbed;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The transitions of a table when changes were lost, or when it is not fit for its next copy. */
final class GapTransitions {

    /** The number of consecutive renewals given up after which a gap by age stops the job. */
    static final int MOST_SLOW_COPIES = 2;

    /** Handles a gap that a reader has met. Ignores a gap in an epoch that is over. */
    static TableState reported(Context context, TableState state, GapReported event) {
        ShardSplit split = event.split();
        if (state.splits().find(split.splitId()).isEmpty()) {
            return state;
        }
        String detail = "%s: %s".formatted(split.splitId(), event.detail());
        Range range = new Range(split.proof(), state.stream().lastListing());
        return onGap(context, state, new Gap(event.cause(), split.shardId(), detail, range));
    }

    /** Handles the outcome of a probe: a shard that is not listed and refuses an iterator is gone. */
    static TableState probed(Context context, TableState state, ShardProbed event) {
        Optional<ShardSplit> needed = state.splits()
                .unassignedShards()
                .filter(split -> split.shardId().equals(event.shardId()))
                .findFirst();
        boolean stillAbsent = state.lineage()
                .find(event.shardId())
                .filter(node -> !node.isListed())
                .isPresent();
        if (!event.refused() || !stillAbsent || needed.isEmpty()) {
            return state;
        }
        String detail = "shard %s refuses an iterator".formatted(event.shardId());
        Range range = new Range(needed.get().proof(), state.stream().lastListing());
        return onGap(context, state, new Gap(GapCause.VANISHED, event.shardId(), detail, range));
    }

    /** Applies the policy to a gap: fails the job, gives up the copy, or continues without the changes. */
    static TableState onGap(Context context, TableState state, Gap gap) {
        GapPolicy policy = policy(context.rulesOf(state));
        int givenUp = copiesGivenUp(state);
        if (policy == GapPolicy.RESNAPSHOT && givenUp >= mostCopies(gap)) {
            stopCopying(context, state, gap, givenUp);
            return state;
        }
        boolean copied = policy == GapPolicy.IGNORE && isCopyVoid(state, gap);
        context.add(new NoteGap(state.table(), gap, copied ? GapPolicy.RESNAPSHOT : policy));
        return switch (policy) {
            case FAIL -> failed(context, state, gap);
            case RESNAPSHOT -> WithdrawalTransitions.withdrawing(context, state, new Renewal(givenUp + 1, false));
            case IGNORE -> ignored(context, state, gap);
        };
    }

    /** Handles gaps that were found at the same time. The first is enough, unless all are ignored. */
    static TableState onGaps(Context context, TableState state, List<Gap> found) {
        if (found.isEmpty()) {
            return state;
        }
        if (policy(context.rulesOf(state)) != GapPolicy.IGNORE) {
            return onGap(context, state, found.get(0));
        }
        found.forEach(gap -> context.add(new NoteGap(state.table(), gap, GapPolicy.IGNORE)));
        return continuedAfter(state, found);
    }

    /**
     * Limits the configured policy to what the startup mode allows. A table that was never copied is
     * not copied because of a gap: the user did not ask for its rows. A table that is copied once
     * belongs to a bounded job, which is run again as a whole. A table without a stream has a gap
     * only if it is replaced, and then replication cannot continue.
     */
    private static GapPolicy policy(TableRules rules) {
        GapPolicy configured = rules.stream().onGap();
        return switch (rules.start()) {
            case INITIAL -> configured;
            case FULL_TABLE -> configured == GapPolicy.FAIL ? GapPolicy.FAIL : GapPolicy.RESNAPSHOT;
            case LATEST_OFFSET, EARLIEST_OFFSET -> configured == GapPolicy.IGNORE ? GapPolicy.IGNORE : GapPolicy.FAIL;
            case SNAPSHOT -> GapPolicy.FAIL;
        };
    }

    private static TableState failed(Context context, TableState state, Gap gap) {
        Remedy remedy =
                switch (state.start()) {
                    case INITIAL -> Remedy.ANOTHER_POLICY;
                    case FULL_TABLE -> Remedy.COPY_AGAIN;
                    case LATEST_OFFSET, EARLIEST_OFFSET -> Remedy.IGNORE_OR_COPY;
                    case SNAPSHOT -> Remedy.RUN_AGAIN;
                };
        context.add(new FailForGap(state.table(), gap.cause(), gap.detail(), remedy));
        return state;
    }

    private static void stopCopying(Context context, TableState state, Gap gap, int givenUp) {
        context.add(new NoteGap(state.table(), gap, GapPolicy.FAIL));
        CopyEstimate estimate = CopyEstimate.of(state, gap.range().to());
        context.add(
                gap.isByAge()
                        ? new FailForSlowCopies(state.table(), gap, estimate)
                        : new FailForRepeatedLoss(state.table(), gap, givenUp));
    }

    /**
     * Returns how many consecutive renewals may be given up before the job stops. Fewer are allowed if
     * the stream dropped changes before the job read them: such a copy takes a day, but a copy that
     * fails for another cause fails sooner.
     */
    private static int mostCopies(Gap gap) {
        return gap.isByAge() ? MOST_SLOW_COPIES : TimeBounds.RENEWAL_PAUSES.size();
    }

    /**
     * Counts the consecutive renewals, this copy included, that did not catch up with the stream. A
     * first copy does not count.
     */
    private static int copiesGivenUp(TableState state) {
        return hasCaughtUp(state) ? 0 : state.copy().renewal().consecutiveRenewals();
    }

    /**
     * Returns whether the copy has caught up: the table is streaming, and every shard that was open at
     * the anchor, and at least one, was read to its end. A stream without an open shard has no
     * records, so it is no proof.
     */
    private static boolean hasCaughtUp(TableState state) {
        List<ShardNode> anchored = state.lineage().nodes().stream()
                .filter(node -> node.role() == ShardRole.ANCHORED)
                .toList();
        return state.phase() == Phase.STREAMING
                && !anchored.isEmpty()
                && anchored.stream()
                        .allMatch(node -> state.hasEnded(node.shard().shardId()));
    }

    private static TableState ignored(Context context, TableState state, Gap gap) {
        if (!gap.shardId().equals(Gap.WHOLE_STREAM)) {
            return continuedAfter(state, List.of(gap));
        }
        int renewals = state.copy().renewal().consecutiveRenewals();
        return WithdrawalTransitions.withdrawing(context, state, new Renewal(renewals, !isCopyVoid(state, gap)));
    }

    /**
     * Continues with what is left of the shards that have a gap. Handles all gaps in one change of
     * the state: after a long stop there can be hundreds, and each change copies the state.
     *
     * @param gaps found at the same time
     */
    private static TableState continuedAfter(TableState state, List<Gap> gaps) {
        Set<String> begun = GapRules.parentsOfBegun(state);
        List<String> oldestKept = new ArrayList<>();
        List<String> tooLate = new ArrayList<>();
        List<String> childless = new ArrayList<>();
        for (Gap gap : gaps) {
            List<String> treatment =
                    switch (gap.cause()) {
                        // This concerns shards without a reader. A reader continues by itself.
                        case TRIMMED, AGED_OUT, VANISHED -> oldestKept;
                        case ORPHAN -> begun.contains(gap.shardId()) ? tooLate : oldestKept;
                        case DISABLED, REPLACED -> childless;
                    };
            treatment.add(gap.shardId());
        }
        long now = gaps.get(0).range().to();
        Lineage lineage = state.lineage().skipped(tooLate).closedSince(childless, now);
        UnaryOperator<ShardSplit> fromOldestKept =
                split -> split.at(ShardPosition.OLDEST_KEPT, split.proof(), split.dropBefore());
        SplitLedger splits = state.splits()
                .changeShards(idsOf(state, oldestKept), fromOldestKept)
                .without(idsOf(state, tooLate));
        return state.with(splits).with(state.stream().with(lineage));
    }

    private static List<String> idsOf(TableState state, List<String> shardIds) {
        return shardIds.stream().map(state::splitIdOf).toList();
    }

    /**
     * Returns whether the gap makes the copy void: without its stream, a copy that is not complete is worth
     * nothing and must begin again. If there is no fence, the table can already be streaming while a
     * failure can still take a reader back into the copy.
     */
    private static boolean isCopyVoid(TableState state, Gap gap) {
        boolean complete = state.phase() == Phase.STREAMING && state.splits().everySegmentCovered();
        return gap.shardId().equals(Gap.WHOLE_STREAM) && !complete;
    }

    /**
     * Waits if the table cannot be copied now, because the table or its stream does not exist. A
     * table that was replicated before is given an hour until its next anchor. After that the job
     * fails. Otherwise the loss would look like a copy under way.
     */
    static TableState unfit(Context context, TableState state, GapCause cause, String detail) {
        int times = state.pending().unfitTimes() + 1;
        if (state.epoch() == 0 || times > TimeBounds.UNFIT_MOST) {
            context.add(new FailForGap(state.table(), cause, detail, Remedy.BRING_BACK));
            return state;
        }
        context.add(new NoteUnfit(state.table(), cause, detail, times));
        context.add(new WakeAfter(state.table(), state.epoch(), Phase.DESCRIBING, TimeBounds.UNFIT_RETRY));
        return state.in(Phase.DESCRIBING).with(state.pending().unfit(times));
    }

    private GapTransitions() {}
}
