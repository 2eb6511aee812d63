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
import io.dynamoreplica.flink.protocol.ProtocolEvent.Description;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableDescribed;
import io.dynamoreplica.flink.protocol.ProtocolEvent.TableGone;
import io.dynamoreplica.flink.protocol.ProtocolEvent.Woken;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.protocol.TableState.Waits;
import io.dynamoreplica.flink.split.GapCause;
import java.util.List;
import java.util.Optional;

/**
 * How a table moves through its phases. What listings of its stream mean is in {@link StreamTransitions}.
 */
final class TableTransitions {

    /** While a table is being created, or restored from a backup, a Scan of it is refused. */
    private static final String NOT_ACTIVE = "DescribeTable shows a table that is not ACTIVE";

    private final TableRules rules;
    private final GapTransitions gaps;
    private final List<ProtocolAction> actions;

    TableTransitions(TableRules rules, GapTransitions gaps, List<ProtocolAction> actions) {
        this.rules = rules;
        this.gaps = gaps;
        this.actions = actions;
    }

    /** Asks again for whatever the phase waits for: calls and timers do not survive a restore. */
    TableState started(TableState state) {
        switch (state.phase()) {
            case DESCRIBING, ANCHORING -> {
                describe(Describe.ANY);
                return state.in(Phase.DESCRIBING);
            }
            case WITHDRAWING -> {
                // Every reader is told as it reports.
            }
            case SETTLING ->
                actions.add(new WakeAfter(
                        state.table(),
                        state.epoch(),
                        Phase.SETTLING,
                        rules.scan().settleMillis()));
            case VERIFYING -> {
                return verifying(state);
            }
            case RESTING -> awaitNextCopy(state);
            case SCANNING, FENCED, STREAMING, DONE -> discover(state);
        }
        return state;
    }

    /** Looks whether the table and its stream are still what they were, and for new shards. */
    void discover(TableState state) {
        if (state.phase().hasAnchor() && !state.isCopied()) {
            describe(Describe.ANY);
            if (state.start().streams()) {
                actions.add(new ListShards(state.table(), state.identity().streamArn(), 0));
            }
        }
    }

    TableState described(TableState state, TableDescribed event, int parallelism) {
        if (state.isCopied()) {
            return state;
        }
        Description description = event.description();
        Optional<String> streamUnfit =
                description.streamUnfit().filter(reason -> state.start().streams());
        return switch (state.phase()) {
            case WITHDRAWING, ANCHORING, RESTING, DONE -> state;
            case DESCRIBING -> {
                if (event.verification() != Describe.ANY
                        || state.pending().waits().rests()) {
                    yield state;
                }
                if (state.start().scans() && !description.readable()) {
                    yield gaps.unfit(state, GapCause.REPLACED, NOT_ACTIVE);
                }
                yield streamUnfit.isPresent()
                        ? gaps.unfit(state, GapCause.DISABLED, streamUnfit.get())
                        : begin(state, description, parallelism);
            }
            case SETTLING, SCANNING, VERIFYING, FENCED, STREAMING ->
                describedAgain(
                        state.with(state.pending().described(description.identity(), description.bytes())),
                        event,
                        streamUnfit);
        };
    }

    private TableState describedAgain(TableState state, TableDescribed event, Optional<String> streamUnfit) {
        Description now = event.description();
        Range range = new Range(state.stream().lastListing(), now.time());
        if (!sameTable(state, now.identity())) {
            String detail = "was "
                    + state.identity()
                    + ", is "
                    + now.identity()
                    + streamUnfit.map(reason -> ". " + reason).orElse("");
            return gaps.onGap(state, new Gap(GapCause.REPLACED, Gap.WHOLE_STREAM, detail, range));
        }
        if (streamUnfit.isPresent() || event.verification() == Describe.STREAM_IS_OFF) {
            String detail = streamUnfit.orElse(Describe.SAYS_STREAM_IS_OFF);
            return gaps.onGap(state, new Gap(GapCause.DISABLED, Gap.WHOLE_STREAM, detail, range));
        }
        boolean verified = state.phase() == Phase.VERIFYING
                && event.verification() == state.pending().verification();
        return verified ? verified(state) : state;
    }

    /** The table, or the stream that is read, is not there any more. */
    TableState gone(TableState state, TableGone event) {
        boolean aboutStream = !event.streamArn().isEmpty();
        boolean another =
                state.phase() == Phase.DESCRIBING || !event.streamArn().equals(state.streamArn());
        return aboutStream && another ? state : gone(state, event.detail());
    }

    private TableState gone(TableState state, String detail) {
        if (state.isCopied()) {
            return state;
        }
        return switch (state.phase()) {
            case WITHDRAWING, RESTING, DONE -> state;
            case DESCRIBING, ANCHORING -> gaps.unfit(state, GapCause.REPLACED, detail);
            case SETTLING, SCANNING, VERIFYING, FENCED, STREAMING -> {
                long lastSeen = state.stream().lastListing();
                yield gaps.onGap(
                        state, new Gap(GapCause.REPLACED, Gap.WHOLE_STREAM, detail, new Range(lastSeen, lastSeen)));
            }
        };
    }

    private TableState begin(TableState state, Description description, int parallelism) {
        TableState known = state.with(state.pending().described(description.identity(), description.bytes()));
        if (state.start().streams()) {
            actions.add(new ListShards(state.table(), description.identity().streamArn(), 0));
            return known.in(Phase.ANCHORING);
        }
        long now = description.time();
        return SegmentPlan.open(
                        known.with(state.copy().of(description.identity()))
                                .with(known.pending().with(Waits.NONE)),
                        rules,
                        now,
                        parallelism)
                .with(new StreamView(Lineage.EMPTY, now, now))
                .in(Phase.SCANNING);
    }

    private static boolean sameTable(TableState state, Identity now) {
        return state.identity().tableId().equals(now.tableId())
                && (!state.start().streams() || state.identity().streamArn().equals(now.streamArn()));
    }

    private TableState verified(TableState state) {
        if (state.start().isBounded()) {
            return state.in(Phase.DONE);
        }
        boolean fence =
                rules.handOver() == HandOver.CHECKPOINT && !rules.stream().duringScan();
        return fence ? state.in(Phase.FENCED) : pastFence(state);
    }

    private TableState pastFence(TableState state) {
        if (state.start().streams()) {
            return state.in(Phase.STREAMING);
        }
        awaitNextCopy(state);
        return state.in(Phase.RESTING);
    }

    private void awaitNextCopy(TableState state) {
        actions.add(
                new AwaitNextCopy(state.table(), state.epoch(), state.stream().anchor()));
    }

    /**
     * Copies are one after the other: a time that comes during one is taken after it. When the last
     * one was begun is kept until the next one is, for readers that are still to be told of its
     * end.
     */
    TableState copyDue(TableState state, long epoch) {
        return state.phase() == Phase.RESTING && state.epoch() == epoch
                ? gaps.withdrawing(state, Renewal.NONE).with(state.stream())
                : state;
    }

    TableState woken(TableState state, Woken event) {
        if (state.phase() != event.phase() || state.epoch() != event.epoch()) {
            return state;
        }
        if (state.phase() == Phase.DESCRIBING) {
            describe(Describe.ANY);
            int unfit = state.pending().waits().unfit();
            return state.with(state.pending().with(new Waits(unfit, false)));
        }
        return state.phase() == Phase.SETTLING ? state.in(Phase.SCANNING) : state;
    }

    /** Moves on, or back, by what the readers have said so far. */
    TableState advanced(TableState state, Readers readers) {
        boolean ended = state.splits().everySegmentEnded();
        return switch (state.phase()) {
            case SCANNING -> ended && mayEnd(state, readers) ? verifying(state) : state;
            // Streaming too: without a fence, a failure can make a segment unfinished again.
            case VERIFYING, STREAMING, RESTING, DONE -> ended ? state : state.in(Phase.SCANNING);
            case FENCED -> {
                if (!ended) {
                    yield state.in(Phase.SCANNING);
                }
                boolean open = state.splits().everySegmentCovered() && readers.allReported();
                yield open ? pastFence(state) : state;
            }
            case WITHDRAWING -> gaps.advanced(state);
            case DESCRIBING, ANCHORING, SETTLING -> state;
        };
    }

    /**
     * What follows the last segment waits for every reader. Unless nothing follows: a batch job may
     * start its readers one after the other, and none of the rest before the first has finished.
     */
    private static boolean mayEnd(TableState state, Readers readers) {
        return readers.allReported() || state.start().isBounded();
    }

    private TableState verifying(TableState state) {
        long verification = state.pending().verification() + 1;
        describe(verification);
        return state.in(Phase.VERIFYING).with(state.pending().verification(verification));
    }

    private void describe(long verification) {
        actions.add(new Describe(rules.table(), verification));
    }
}
