/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * What the enumerator keeps of one table.
 *
 * @param mandate what the table was begun with
 * @param copy which full copy is under way or was made
 * @param splits the segments and shards of that copy
 * @param stream what is known of the stream
 * @param pending what waits for an answer; not kept in checkpoints, because the calls are not
 *     either
 */
@Internal
public record TableState(StartRequest startRequest, Copy copy, SplitLedger splits, StreamView stream, Pending pending) {

    /**
     * @param table the table's name as configured
     * @param epoch number of the copy; 0 before the first
     * @param identity which table and stream it is about; {@link Identity#UNKNOWN} until the table
     *     has been described for the first time under its mandate
     */
    public record Copy(String table, long epoch, Phase phase, Identity identity, Renewal renewal) {

        Copy in(Phase newPhase) {
            return new Copy(table, epoch, newPhase, identity, renewal);
        }

        Copy of(Identity newIdentity) {
            return new Copy(table, epoch, phase, newIdentity, renewal);
        }

        Copy numbered(long newEpoch) {
            return new Copy(table, newEpoch, phase, identity, renewal);
        }

        Copy after(Renewal newRenewal) {
            return new Copy(table, epoch, phase, identity, newRenewal);
        }
    }

    /**
     * What went before, after changes were lost.
     *
     * @param consecutiveRenewals how many copies were begun in a row because the one before came to nothing; 0
     *     for a first copy
     * @param withoutScan whether replication only went on from the oldest record kept, because the
     *     user does not mind
     */
    public record Renewal(int consecutiveRenewals, boolean withoutScan) {
        public static final Renewal NONE = new Renewal(0, false);
    }

    /**
     * @param streamArn empty for a table without a stream
     */
    public record Identity(String tableId, String streamArn) {
        public static final Identity UNKNOWN = new Identity("", "");
    }

    /**
     * @param anchor DynamoDB's time of the listing that became the anchor, milliseconds since 1970
     * @param lastListing DynamoDB's time of the last complete listing, milliseconds since 1970
     */
    public record StreamView(Lineage lineage, long anchor, long lastListing) {
        public static final StreamView EMPTY = new StreamView(Lineage.EMPTY, 0, 0);

        StreamView with(Lineage newLineage) {
            return new StreamView(newLineage, anchor, lastListing);
        }
    }

    /**
     * @param verification number of the last description that was asked for because every segment
     *     had ended
     * @param described what the table was when it was last described
     * @param waits why the next copy does not begin yet
     */
    public record Pending(
            long verification, Listings listings, Described described, Waits waits, Withdrawal withdrawal) {
        public static final Pending NOTHING =
                new Pending(0, Listings.NOTHING, Described.NOTHING, Waits.NONE, Withdrawal.NONE);

        Pending verification(long number) {
            return new Pending(number, listings, described, waits, withdrawal);
        }

        Pending with(Listings newListings) {
            return new Pending(verification, newListings, described, waits, withdrawal);
        }

        Pending described(Identity identity, long bytes) {
            return new Pending(verification, listings, new Described(identity, bytes), waits, withdrawal);
        }

        Pending with(Waits newWaits) {
            return new Pending(verification, listings, described, newWaits, withdrawal);
        }

        Pending withdrawal(Withdrawal newWithdrawal) {
            return new Pending(verification, listings, described, waits, newWithdrawal);
        }

        long bytes() {
            return described.bytes();
        }
    }

    /**
     * What listings are awaited for.
     *
     * @param leaf listings since a shard ended whose children are still not shown
     * @param unread by split id, what readers have said since the last listing of shards of which
     *     they are given no record
     */
    public record Listings(int leaf, Map<String, UnreadShards.Unread> unread) {
        static final Listings NOTHING = new Listings(0, Map.of());

        Listings leaf(int listings) {
            return new Listings(listings, unread);
        }

        Listings with(UnreadShards.Unread word) {
            Map<String, UnreadShards.Unread> draft = new HashMap<>(unread);
            draft.put(word.split().splitId(), word);
            return new Listings(leaf, Map.copyOf(draft));
        }

        Listings withoutUnread() {
            return new Listings(leaf, Map.of());
        }
    }

    /**
     * Why the next copy does not begin yet.
     *
     * @param unfit how often in a row a table that is to be copied again was found unfit for it
     * @param rests whether a rest is taken, because copies before it came to nothing
     */
    public record Waits(int unfit, boolean rests) {
        static final Waits NONE = new Waits(0, false);
    }

    /**
     * @param identity becomes the copy's at its anchor, not before: until then the copy's says how
     *     far the stream was followed, also after a restore
     * @param bytes the table's size
     */
    public record Described(Identity identity, long bytes) {
        static final Described NOTHING = new Described(Identity.UNKNOWN, 0);
    }

    /**
     * @param previousEpoch the last epoch this table ever had, 0 for none
     */
    public static TableState fresh(String table, StartRequest startRequest, long previousEpoch) {
        return new TableState(
                startRequest,
                new Copy(table, previousEpoch, Phase.DESCRIBING, Identity.UNKNOWN, Renewal.NONE),
                SplitLedger.EMPTY,
                StreamView.EMPTY,
                Pending.NOTHING);
    }

    /**
     * To be begun anew, once readers have dropped what they have of the copy. What is found then
     * may be another table, and has to be fit for another startRequest.
     */
    TableState anew(StartRequest newMandate) {
        if (epoch() == 0) {
            return fresh(table(), newMandate, 0);
        }
        return new TableState(
                newMandate,
                copy.in(Phase.WITHDRAWING).after(Renewal.NONE).of(Identity.UNKNOWN),
                SplitLedger.EMPTY,
                StreamView.EMPTY,
                Pending.NOTHING);
    }

    public StartupMode start() {
        return startRequest.start();
    }

    /**
     * Whether the copy was verified and no stream follows: what becomes of the table from then on
     * is nobody's loss.
     */
    boolean isCopied() {
        return phase().isCopied() || (phase() == Phase.FENCED && !start().streams());
    }

    public String table() {
        return copy.table();
    }

    public long epoch() {
        return copy.epoch();
    }

    public Phase phase() {
        return copy.phase();
    }

    public Identity identity() {
        return copy.identity();
    }

    /**
     * Where the split of a shard stands; empty for a shard that is not, or no longer, to be read.
     */
    Optional<SplitStatus> statusOf(String shardId) {
        return splits.find(ShardSplit.idOf(table(), epoch(), shardId)).map(SplitLedger.Entry::status);
    }

    TableState checkpointStarted(long checkpointId) {
        return with(splits.checkpointStarted(checkpointId))
                .with(pending.withdrawal(pending.withdrawal().checkpointStarted(checkpointId)));
    }

    TableState checkpointCompleted(long checkpointId) {
        return with(splits.checkpointCompleted(checkpointId))
                .with(pending.withdrawal(pending.withdrawal().checkpointCompleted(checkpointId)));
    }

    TableState readerReset(int subtask, List<ReplicationSplit> returned) {
        return with(splits.readerReset(subtask, returned))
                .with(pending.withdrawal(pending.withdrawal().readerReset(subtask)));
    }

    /** Whether the split belongs to a copy that was given up. */
    boolean isVoid(ReplicationSplit split) {
        return split.table().equals(table()) && split.epoch() <= lastVoidEpoch();
    }

    /**
     * Whether the split is of this copy, but of a stream that was given up since. Only without a
     * fence before the next stream can a reader go back to it.
     */
    boolean isOfEarlierStream(ReplicationSplit split) {
        return phase().hasAnchor()
                && split.table().equals(table())
                && split.epoch() == epoch()
                && split instanceof ShardSplit shard
                && !shard.shard().streamArn().equals(identity().streamArn());
    }

    /** Everything up to this epoch was given up; before the anchor that is the last copy, too. */
    long lastVoidEpoch() {
        return phase().hasAnchor() ? epoch() - 1 : epoch();
    }

    /**
     * Milliseconds until the stream may drop the first records of a shard that waits for a reader,
     * as of the last listing; 24 hours if none waits. A shard that waits for the end of its parent
     * does not count: the parent's reader is further behind.
     */
    public long waitingHeadroom() {
        return UnreadShards.waiting(this)
                .mapToLong(split -> TimeBounds.RETENTION - (stream.lastListing() - split.proof()))
                .min()
                .orElse(TimeBounds.RETENTION);
    }

    /** Whether nothing was copied, so that all the stream keeps is wanted. */
    boolean isFromOldestKept() {
        return start() == StartupMode.EARLIEST_OFFSET || copy.renewal().withoutScan();
    }

    Lineage lineage() {
        return stream.lineage();
    }

    /**
     * Whether a copy is under way, or about to be. One that waits, which can take hours, is not: a
     * job may take no checkpoint during a backlog, and other tables need them.
     */
    boolean isBacklog() {
        return phase().isBacklog() && pending.waits().equals(Waits.NONE);
    }

    /** The stream that is read, or of which the listing is awaited that becomes the anchor. */
    String streamArn() {
        return phase() == Phase.ANCHORING
                ? pending.described().identity().streamArn()
                : identity().streamArn();
    }

    TableState in(Phase phase) {
        return with(copy.in(phase));
    }

    TableState with(Copy newCopy) {
        return new TableState(startRequest, newCopy, splits, stream, pending);
    }

    TableState with(SplitLedger newSplits) {
        return new TableState(startRequest, copy, newSplits, stream, pending);
    }

    TableState with(StreamView newStream) {
        return new TableState(startRequest, copy, splits, newStream, pending);
    }

    TableState with(Pending newPending) {
        return new TableState(startRequest, copy, splits, stream, newPending);
    }
}
