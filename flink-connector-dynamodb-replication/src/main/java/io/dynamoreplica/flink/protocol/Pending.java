/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.TableState.Identity;
import java.util.HashMap;
import java.util.Map;

/**
 * The answers, checkpoints and times for which a table waits. Not kept in checkpoints, because calls
 * and timers are not kept either. Immutable.
 *
 * @param verification the number of the last description that was asked for because every segment
 *     had ended
 * @param leafListings how many listings were asked for since a shard ended whose children no listing
 *     shows yet
 * @param unread by split id, the shards of which readers get no record, as reported since the last
 *     listing
 * @param described the table as the last description showed it
 * @param unfitTimes how many consecutive times the table was found unfit for its next copy
 * @param pauses whether the next copy begins only after a pause, because copies before it were given up
 * @param withdrawal the readers that have dropped the splits of a void copy
 */
record Pending(
        long verification,
        int leafListings,
        Map<String, UnreadReport> unread,
        Described described,
        int unfitTimes,
        boolean pauses,
        Withdrawal withdrawal) {

    static final Pending NOTHING = new Pending(0, 0, Map.of(), Described.NOTHING, 0, false, Withdrawal.NONE);

    /**
     * The table as a description showed it.
     *
     * @param identity becomes the identity of the copy at the copy's anchor, not before. Until then
     *     the copy's identity says, also after a restore, which stream was followed
     * @param bytes the table's size
     */
    record Described(Identity identity, long bytes) {
        private static final Described NOTHING = new Described(Identity.UNKNOWN, 0);
    }

    Pending {
        unread = Map.copyOf(unread);
    }

    /** Returns whether the next copy cannot begin yet, which can take hours. */
    boolean delaysCopy() {
        return unfitTimes > 0 || pauses;
    }

    Pending withVerification(long number) {
        return new Pending(number, leafListings, unread, described, unfitTimes, pauses, withdrawal);
    }

    Pending withLeafListings(int listings) {
        return new Pending(verification, listings, unread, described, unfitTimes, pauses, withdrawal);
    }

    /** Adds a report; a later one replaces an earlier one for the same split. */
    Pending withUnread(UnreadReport report) {
        Map<String, UnreadReport> draft = new HashMap<>(unread);
        draft.put(report.split().splitId(), report);
        return new Pending(verification, leafListings, draft, described, unfitTimes, pauses, withdrawal);
    }

    Pending withoutUnread() {
        return new Pending(verification, leafListings, Map.of(), described, unfitTimes, pauses, withdrawal);
    }

    Pending withDescribed(Identity identity, long bytes) {
        Described latest = new Described(identity, bytes);
        return new Pending(verification, leafListings, unread, latest, unfitTimes, pauses, withdrawal);
    }

    Pending unfit(int times) {
        return new Pending(verification, leafListings, unread, described, times, false, withdrawal);
    }

    Pending paused() {
        return new Pending(verification, leafListings, unread, described, 0, true, withdrawal);
    }

    Pending afterPause() {
        return new Pending(verification, leafListings, unread, described, unfitTimes, false, withdrawal);
    }

    /** Removes every delay of the copy. */
    Pending withoutDelay() {
        return new Pending(verification, leafListings, unread, described, 0, false, withdrawal);
    }

    Pending with(Withdrawal newWithdrawal) {
        return new Pending(verification, leafListings, unread, described, unfitTimes, pauses, newWithdrawal);
    }
}
