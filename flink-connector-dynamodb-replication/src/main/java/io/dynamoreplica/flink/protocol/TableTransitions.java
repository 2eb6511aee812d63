/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.protocol.Gap.Range;
import io.dynamoreplica.flink.protocol.ProtocolAction.AwaitNextCopy;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolEvent.CopyDue;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.split.GapCause;
import java.util.Optional;

/**
 * The transitions of a table from phase to phase. What listings of its stream lead to is in {@link
 * StreamTransitions}, and how a copy is given up in {@link WithdrawalTransitions}.
 */
final class TableTransitions {

    /** While a table is created, or restored from a backup, DynamoDB refuses a Scan of it. */
    private static final String NOT_ACTIVE = "DescribeTable shows a table that is not ACTIVE";

    /** Asks again for the answer that the phase waits for: calls and timers end with a restore. */
    static TableState started(Context context, TableState state) {
        switch (state.phase()) {
            case DESCRIBING, ANCHORING -> {
                describe(context, state, Describe.ANY);
                return state.in(Phase.DESCRIBING);
            }
            case WITHDRAWING -> {
                // Each reader is told to drop its splits when it reports.
            }
            case SETTLING -> awaitSettled(context, state);
            case VERIFYING -> {
                return verifying(context, state);
            }
            case RESTING -> awaitNextCopy(context, state);
            case SCANNING, FENCED, STREAMING, DONE -> discover(context, state);
        }
        return state;
    }

    /** Asks whether the table and its stream are still the same, and for new shards. */
    static void discover(Context context, TableState state) {
        if (state.phase().hasAnchor() && !state.isCopied()) {
            describe(context, state, Describe.ANY);
            if (state.start().streams()) {
                context.add(new ListShards(state.table(), state.identity().streamArn(), 0));
            }
        }
    }

    static TableState described(Context context, TableState state, TableDescribed event) {
        if (state.isCopied()) {
            return state;
        }
        return switch (state.phase()) {
            case WITHDRAWING, ANCHORING, RESTING, DONE -> state;
            case DESCRIBING -> describedFirst(context, state, event);
            case SETTLING, SCANNING, VERIFYING, FENCED, STREAMING ->
                describedAgain(context, withDescription(state, event.description()), event);
        };
    }

    private static TableState describedFirst(Context context, TableState state, TableDescribed event) {
        if (event.verification() != Describe.ANY || state.pending().pauses()) {
            return state;
        }
        Description description = event.description();
        if (state.start().scans() && !description.readable()) {
            return GapTransitions.unfit(context, state, GapCause.REPLACED, NOT_ACTIVE);
        }
        Optional<String> streamUnfit = streamUnfit(state, description);
        return streamUnfit.isPresent()
                ? GapTransitions.unfit(context, state, GapCause.DISABLED, streamUnfit.get())
                : begin(context, withDescription(state, description), description);
    }

    private static TableState describedAgain(Context context, TableState state, TableDescribed event) {
        Description now = event.description();
        Optional<String> streamUnfit = streamUnfit(state, now);
        Range range = new Range(state.stream().lastListing(), now.time());
        if (!isSameTable(state, now.identity())) {
            String detail = "was %s, is %s%s"
                    .formatted(
                            state.identity(),
                            now.identity(),
                            streamUnfit.map(reason -> ". " + reason).orElse(""));
            return GapTransitions.onGap(context, state, new Gap(GapCause.REPLACED, Gap.WHOLE_STREAM, detail, range));
        }
        if (streamUnfit.isPresent() || event.verification() == Describe.STREAM_IS_OFF) {
            String detail = streamUnfit.orElse(Describe.SAYS_STREAM_IS_OFF);
            return GapTransitions.onGap(context, state, new Gap(GapCause.DISABLED, Gap.WHOLE_STREAM, detail, range));
        }
        boolean verified = state.phase() == Phase.VERIFYING
                && event.verification() == state.pending().verification();
        return verified ? verified(context, state) : state;
    }

    private static Optional<String> streamUnfit(TableState state, Description description) {
        return description.streamUnfit().filter(reason -> state.start().streams());
    }

    private static TableState withDescription(TableState state, Description description) {
        return state.with(state.pending().withDescribed(description.identity(), description.bytes()));
    }

    private static boolean isSameTable(TableState state, Identity now) {
        return state.identity().tableId().equals(now.tableId())
                && (!state.start().streams() || state.identity().streamArn().equals(now.streamArn()));
    }

    /** Handles the news that the table, or the stream that is read, does not exist any more. */
    static TableState gone(Context context, TableState state, TableGone event) {
        boolean isAboutStream = !event.streamArn().isEmpty();
        boolean isAboutOther =
                state.phase() == Phase.DESCRIBING || !event.streamArn().equals(state.streamArn());
        return isAboutStream && isAboutOther ? state : gone(context, state, event.detail());
    }

    private static TableState gone(Context context, TableState state, String detail) {
        if (state.isCopied()) {
            return state;
        }
        return switch (state.phase()) {
            case WITHDRAWING, RESTING, DONE -> state;
            case DESCRIBING, ANCHORING -> GapTransitions.unfit(context, state, GapCause.REPLACED, detail);
            case SETTLING, SCANNING, VERIFYING, FENCED, STREAMING -> {
                long lastSeen = state.stream().lastListing();
                Range range = new Range(lastSeen, lastSeen);
                yield GapTransitions.onGap(context, state, new Gap(GapCause.REPLACED, Gap.WHOLE_STREAM, detail, range));
            }
        };
    }

    private static TableState begin(Context context, TableState state, Description description) {
        if (state.start().streams()) {
            context.add(new ListShards(state.table(), description.identity().streamArn(), 0));
            return state.in(Phase.ANCHORING);
        }
        long now = description.time();
        TableState fit = state.with(state.copy().with(description.identity()))
                .with(state.pending().withoutDelay());
        return SegmentPlan.open(context, fit, now)
                .with(new StreamView(Lineage.EMPTY, now, now))
                .in(Phase.SCANNING);
    }

    private static TableState verified(Context context, TableState state) {
        if (state.start().isBounded()) {
            return state.in(Phase.DONE);
        }
        TableRules rules = context.rulesOf(state);
        boolean fence =
                rules.handOver() == HandOver.CHECKPOINT && !rules.stream().duringScan();
        return fence ? state.in(Phase.FENCED) : pastFence(context, state);
    }

    private static TableState pastFence(Context context, TableState state) {
        if (state.start().streams()) {
            return state.in(Phase.STREAMING);
        }
        awaitNextCopy(context, state);
        return state.in(Phase.RESTING);
    }

    private static void awaitNextCopy(Context context, TableState state) {
        context.add(
                new AwaitNextCopy(state.table(), state.epoch(), state.stream().anchorTime()));
    }

    static void awaitSettled(Context context, TableState state) {
        long settleMillis = context.rulesOf(state).scan().settleMillis();
        context.add(new WakeAfter(state.table(), state.epoch(), Phase.SETTLING, settleMillis));
    }

    /**
     * Gives up the last copy of a table that is copied on a schedule. A copy never begins during
     * another one: if its time comes earlier, it begins after that one. The stream view, with the
     * time at which the last copy began, is kept until the next copy begins, because some readers
     * may still have to be told of the end of the last copy.
     */
    static TableState copyDue(Context context, TableState state, CopyDue event) {
        return state.phase() == Phase.RESTING && state.epoch() == event.epoch()
                ? WithdrawalTransitions.withdrawing(context, state, Renewal.NONE)
                        .with(state.stream())
                : state;
    }

    static TableState woken(Context context, TableState state, Woken event) {
        if (state.phase() != event.phase() || state.epoch() != event.epoch()) {
            return state;
        }
        if (state.phase() == Phase.DESCRIBING) {
            describe(context, state, Describe.ANY);
            return state.with(state.pending().afterPause());
        }
        return state.phase() == Phase.SETTLING ? state.in(Phase.SCANNING) : state;
    }

    /** Moves to the next phase, or back, as far as the reports of the readers allow. */
    static TableState advanced(Context context, TableState state) {
        boolean ended = state.splits().everySegmentEnded();
        return switch (state.phase()) {
            case SCANNING -> ended && mayEnd(context, state) ? verifying(context, state) : state;
            // STREAMING as well: without a fence, a failure can make a segment unfinished again.
            case VERIFYING, STREAMING, RESTING, DONE -> ended ? state : state.in(Phase.SCANNING);
            case FENCED -> {
                if (!ended) {
                    yield state.in(Phase.SCANNING);
                }
                boolean open = state.splits().everySegmentCovered()
                        && context.readers().allReported();
                yield open ? pastFence(context, state) : state;
            }
            case WITHDRAWING -> WithdrawalTransitions.advanced(context, state);
            case DESCRIBING, ANCHORING, SETTLING -> state;
        };
    }

    /**
     * Returns whether the scan may end. If something follows the scan, all readers must have reported. A
     * bounded job does not wait for them: without slots for all readers, a batch job may start a
     * reader only after another one has finished.
     */
    private static boolean mayEnd(Context context, TableState state) {
        return context.readers().allReported() || state.start().isBounded();
    }

    private static TableState verifying(Context context, TableState state) {
        long verification = state.pending().verification() + 1;
        describe(context, state, verification);
        return state.in(Phase.VERIFYING).with(state.pending().withVerification(verification));
    }

    private static void describe(Context context, TableState state, long verification) {
        context.add(new Describe(state.table(), verification));
    }

    private TableTransitions() {}
}
