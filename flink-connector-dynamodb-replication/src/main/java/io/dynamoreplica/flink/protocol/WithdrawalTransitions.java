/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.protocol.ProtocolAction.Describe;
import io.dynamoreplica.flink.protocol.ProtocolAction.NotePause;
import io.dynamoreplica.flink.protocol.ProtocolAction.WakeAfter;
import io.dynamoreplica.flink.protocol.ProtocolAction.Withdraw;
import io.dynamoreplica.flink.protocol.ProtocolEvent.ReaderReported;
import io.dynamoreplica.flink.protocol.ProtocolEvent.SplitsWithdrawn;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;

/** The transitions by which a table leaves a void copy behind, up to the beginning of the next one. */
final class WithdrawalTransitions {

    /**
     * Gives up the copy. Every reader is asked, also one that was assigned no split of the copy: it
     * can have splits whose report was lost.
     */
    static TableState withdrawing(Context context, TableState state, Renewal renewal) {
        for (int subtask : context.readers().open()) {
            context.add(new Withdraw(subtask, state.table(), state.epoch()));
        }
        return state.with(state.copy().in(Phase.WITHDRAWING).with(renewal))
                .with(SplitLedger.EMPTY)
                .with(StreamView.EMPTY)
                .with(Pending.NOTHING);
    }

    /**
     * Asks a reader that has just reported to drop its splits of a void copy. A reader can be
     * restored with such splits, and reads them until it is asked. A reader that has splits of an
     * earlier stream has none of the current stream, so it may drop all its splits of the epoch.
     */
    static void readerReported(Context context, TableState table, ReaderReported event) {
        if (event.all().anyMatch(table::isOfEarlierStream)) {
            context.add(new Withdraw(event.subtask(), table.table(), table.epoch()));
            return;
        }
        boolean holdsVoid = event.all().anyMatch(table::isVoid);
        boolean awaited = table.phase() == Phase.WITHDRAWING
                && !table.pending().withdrawal().isCovered(event.subtask());
        if (holdsVoid || awaited) {
            context.add(new Withdraw(event.subtask(), table.table(), table.lastVoidEpoch()));
        }
    }

    /** Notes the answer of a reader that has dropped its splits. */
    static TableState withdrawn(Context context, TableState state, SplitsWithdrawn event) {
        boolean awaited = state.phase() == Phase.WITHDRAWING
                && event.epoch() == state.epoch()
                && context.readers().isOpen(event.subtask());
        return awaited ? state.with(state.pending().withdrawal().droppedBy(event.subtask())) : state;
    }

    /** Moves on once no row and no change of the void copy can follow any more. */
    static TableState advanced(Context context, TableState state) {
        Withdrawal withdrawal = state.pending().withdrawal();
        int parallelism = context.readers().parallelism();
        boolean past = context.rulesOf(state).handOver() == HandOver.IMMEDIATE
                ? withdrawal.isDroppedByAll(parallelism)
                : withdrawal.isCoveredForAll(parallelism);
        return past && context.readers().allReported() ? nextCopy(context, state) : state;
    }

    private static TableState nextCopy(Context context, TableState state) {
        TableState next = state.in(Phase.DESCRIBING).with(Pending.NOTHING);
        int consecutiveRenewals = state.copy().renewal().consecutiveRenewals();
        long pause = TimeBounds.pauseBefore(consecutiveRenewals);
        if (pause == 0) {
            context.add(new Describe(state.table(), Describe.ANY));
            return next;
        }
        context.add(new NotePause(state.table(), consecutiveRenewals, pause));
        context.add(new WakeAfter(state.table(), state.epoch(), Phase.DESCRIBING, pause));
        return next.with(next.pending().paused());
    }

    private WithdrawalTransitions() {}
}
