/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForCopiesInVain;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForSlowCopies;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteRest;
import io.dynamoreplica.flink.protocol.ProtocolAction.NoteUnfit;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
import io.dynamoreplica.flink.protocol.ProtocolAction.TellClosed;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolAction.Withdraw;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.TableState.Pending;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.protocol.TableState.Waits;
import io.dynamoreplica.flink.protocol.UnreadShards.Unread;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What is done about changes that were lost, and how a copy that is void is left behind. */
final class GapTransitions {

    /** After this many copies in a row that came to nothing, one that was outrun is the last. */
    static final int MOST_IN_A_ROW = 2;

    private final TableRules rules;
    private final Readers readers;
    private final List<ProtocolAction> actions;

    GapTransitions(TableRules rules, Readers readers, List<ProtocolAction> actions) {
        this.rules = rules;
        this.readers = readers;
        this.actions = actions;
    }

    TableState onGap(TableState state, Gap gap) {
        GapPolicy policy = policy();
        int inVain = copiesInVain(state);
        if (policy == GapPolicy.RESNAPSHOT && inVain >= mostInARow(gap)) {
            actions.add(new NoteGap(state.table(), gap, GapPolicy.FAIL));
            CopyEstimate estimate = CopyEstimate.of(state, gap.range().to());
            actions.add(
                    gap.isByAge()
                            ? new FailForSlowCopies(state.table(), gap, estimate)
                            : new FailForCopiesInVain(state.table(), gap, inVain));
            return state;
        }
        boolean copied = policy == GapPolicy.IGNORE && isCopyVoid(state, gap);
        actions.add(new NoteGap(state.table(), gap, copied ? GapPolicy.RESNAPSHOT : policy));
        return switch (policy) {
            case FAIL -> failed(state, gap);
            case RESNAPSHOT -> copiedAgain(state, gap);
            case IGNORE -> ignored(state, gap);
        };
    }

    /** Of losses that show at one moment one is enough, unless all are ignored. */
    TableState onGap(TableState state, List<Gap> found) {
        if (found.isEmpty()) {
            return state;
        }
        if (policy() != GapPolicy.IGNORE) {
            return onGap(state, found.get(0));
        }
        found.forEach(gap -> actions.add(new NoteGap(state.table(), gap, GapPolicy.IGNORE)));
        return withoutWhatShardsLost(state, found);
    }

    /**
     * A table that was never copied has no copy to renew: rows that nobody asked for would come. A
     * copy that is made once is a bounded job's, which is run again as a whole. A table without a
     * stream is lost only by being replaced, and then there is nothing to go on with.
     */
    private GapPolicy policy() {
        GapPolicy asked = rules.stream().onGap();
        return switch (rules.start()) {
            case INITIAL -> asked;
            case FULL_TABLE -> asked == GapPolicy.FAIL ? GapPolicy.FAIL : GapPolicy.RESNAPSHOT;
            case LATEST_OFFSET, EARLIEST_OFFSET -> asked == GapPolicy.IGNORE ? GapPolicy.IGNORE : GapPolicy.FAIL;
            case SNAPSHOT -> GapPolicy.FAIL;
        };
    }

    private TableState failed(TableState state, Gap gap) {
        Remedy remedy =
                switch (rules.start()) {
                    case INITIAL -> Remedy.ANOTHER_POLICY;
                    case FULL_TABLE -> Remedy.COPY_AGAIN;
                    case LATEST_OFFSET, EARLIEST_OFFSET -> Remedy.IGNORE_OR_COPY;
                    case SNAPSHOT -> Remedy.RUN_AGAIN;
                };
        actions.add(new FailForGap(state.table(), gap.cause(), gap.detail(), remedy));
        return state;
    }

    private TableState copiedAgain(TableState state, Gap gap) {
        return withdrawing(state, new Renewal(copiesInVain(state) + 1, false));
    }

    /** Copies that the stream outruns take a day each; others fail faster, and so may be more. */
    private static int mostInARow(Gap gap) {
        return gap.isByAge() ? MOST_IN_A_ROW : TimeBounds.RENEWAL_RESTS.size();
    }

    /** Copies in a row, up to this one, that were renewed before they had caught up. */
    private static int copiesInVain(TableState state) {
        return hasCaughtUp(state) ? 0 : state.copy().renewal().consecutiveRenewals();
    }

    /**
     * Whether the copy brought the table on: everything that the stream held when it began has been
     * read, and there was something. A stream without an open shard holds nothing, however long it
     * is looked at.
     */
    private static boolean hasCaughtUp(TableState state) {
        List<ShardNode> anchored = state.lineage().nodes().stream()
                .filter(node -> node.role() == ShardRole.ANCHORED)
                .toList();
        return state.phase() == Phase.STREAMING
                && !anchored.isEmpty()
                && anchored.stream()
                        .allMatch(node -> state.statusOf(node.shard().shardId())
                                .filter(SplitStatus.Ended.class::isInstance)
                                .isPresent());
    }

    private TableState ignored(TableState state, Gap gap) {
        return gap.shardId().equals(Gap.WHOLE_STREAM)
                ? withdrawing(state, new Renewal(state.copy().renewal().consecutiveRenewals(), !isCopyVoid(state, gap)))
                : withoutWhatShardsLost(state, List.of(gap));
    }

    /**
     * Goes on with what is left of these shards. With all of them at once: there can be hundreds
     * after a long stop, each listing takes its time, and each edit of the state copies it.
     *
     * @param gaps found at the same time
     */
    private static TableState withoutWhatShardsLost(TableState state, List<Gap> gaps) {
        Set<String> begun = GapRules.parentsOfBegun(state);
        List<String> oldestKept = new ArrayList<>();
        List<String> tooLate = new ArrayList<>();
        List<String> childless = new ArrayList<>();
        for (Gap gap : gaps) {
            List<String> treatment =
                    switch (gap.cause()) {
                        // A reader goes on by itself; a shard that none has is set by its rule.
                        case TRIMMED, AGED_OUT, VANISHED -> oldestKept;
                        case ORPHAN -> begun.contains(gap.shardId()) ? tooLate : oldestKept;
                        case DISABLED, REPLACED -> childless;
                    };
            treatment.add(gap.shardId());
        }
        long now = gaps.get(0).range().to();
        Lineage lineage = state.lineage().skipped(tooLate).closedAnew(childless, now);
        UnaryOperator<ShardSplit> fromOldestKept =
                split -> split.at(ShardPosition.OLDEST_KEPT, split.proof(), split.dropBefore());
        return state.with(state.splits()
                        .changeShards(idsOf(state, oldestKept), fromOldestKept)
                        .without(idsOf(state, tooLate)))
                .with(state.stream().with(lineage));
    }

    private static List<String> idsOf(TableState state, List<String> shardIds) {
        return shardIds.stream()
                .map(shardId -> ShardSplit.idOf(state.table(), state.epoch(), shardId))
                .toList();
    }

    /**
     * A copy that is not complete is worth nothing without its stream, and begins again. Without a
     * fence it can be streaming, and a failure still take a reader back into it.
     */
    private static boolean isCopyVoid(TableState state, Gap gap) {
        boolean complete = state.phase() == Phase.STREAMING && state.splits().everySegmentCovered();
        return gap.shardId().equals(Gap.WHOLE_STREAM) && !complete;
    }

    /** Leaves the copy behind, whatever comes next. */
    TableState withdrawing(TableState state, Renewal renewal) {
        // Any reader can hold splits of it, also one that was given none: reports can be lost.
        readers.open().forEach(subtask -> actions.add(new Withdraw(subtask, state.table(), state.epoch())));
        return state.with(state.copy().in(Phase.WITHDRAWING).after(renewal))
                .with(SplitLedger.EMPTY)
                .with(StreamView.EMPTY)
                .with(Pending.NOTHING);
    }

    /** A shard of which no record is given is at its end, for its reader is told so. */
    void tellClosed(List<Unread> over) {
        over.stream()
                .filter(unread -> readers.isOpen(unread.subtask()))
                .forEach(unread -> actions.add(
                        new TellClosed(unread.subtask(), unread.split().splitId())));
    }

    /** Moves on once nothing of the void copy can come any more. */
    TableState advanced(TableState state) {
        Withdrawal withdrawal = state.pending().withdrawal();
        int parallelism = readers.parallelism();
        boolean past = rules.handOver() == HandOver.IMMEDIATE
                ? withdrawal.isDroppedByAll(parallelism)
                : withdrawal.isCoveredForAll(parallelism);
        if (!past || !readers.allReported()) {
            return state;
        }
        TableState next = state.in(Phase.DESCRIBING).with(Pending.NOTHING);
        int consecutiveRenewals = state.copy().renewal().consecutiveRenewals();
        long rest = TimeBounds.restBefore(consecutiveRenewals);
        if (rest == 0) {
            actions.add(new Describe(state.table(), Describe.ANY));
            return next;
        }
        actions.add(new NoteRest(state.table(), consecutiveRenewals, rest));
        actions.add(new WakeAfter(state.table(), state.epoch(), Phase.DESCRIBING, rest));
        return next.with(next.pending().with(new Waits(0, true)));
    }

    /**
     * The table cannot be copied now, because it or its stream is not there. A table that was
     * replicated before is given an hour, up to the next anchor; then the loss must not pass for a
     * copy under way.
     */
    TableState unfit(TableState state, GapCause cause, String detail) {
        int times = state.pending().waits().unfit() + 1;
        if (state.epoch() == 0 || times > TimeBounds.UNFIT_MOST) {
            actions.add(new FailForGap(state.table(), cause, detail, Remedy.BRING_BACK));
            return state;
        }
        actions.add(new NoteUnfit(state.table(), cause, detail, times));
        actions.add(new WakeAfter(state.table(), state.epoch(), Phase.DESCRIBING, TimeBounds.UNFIT_RETRY));
        return state.in(Phase.DESCRIBING).with(state.pending().with(new Waits(times, false)));
    }
}
