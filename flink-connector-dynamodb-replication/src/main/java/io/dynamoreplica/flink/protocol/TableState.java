/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.List;
import java.util.Optional;

/**
 * The enumerator's memory of one table. Immutable.
 *
 * @param startRequest what the table was started with
 * @param copy the full copy that is under way or was made
 * @param splits the segments and shards of that copy
 * @param stream the stream as listings have shown it
 * @param pending the answers for which the table waits; not kept in checkpoints
 */
public record TableState(StartRequest startRequest, Copy copy, SplitLedger splits, StreamView stream, Pending pending) {

    /**
     * A full copy of a table.
     *
     * @param table the table's name as configured
     * @param epoch number of the copy; 0 before the first
     * @param identity the table and stream that are copied; {@link Identity#UNKNOWN} until the table
     *     has been described for the first time under its start request
     */
    public record Copy(String table, long epoch, Phase phase, Identity identity, Renewal renewal) {

        Copy in(Phase newPhase) {
            return new Copy(table, epoch, newPhase, identity, renewal);
        }

        Copy with(Identity newIdentity) {
            return new Copy(table, epoch, phase, newIdentity, renewal);
        }

        Copy with(Renewal newRenewal) {
            return new Copy(table, epoch, phase, identity, newRenewal);
        }

        Copy withEpoch(long newEpoch) {
            return new Copy(table, newEpoch, phase, identity, renewal);
        }
    }

    /**
     * The reason for a copy: it renews an earlier copy after changes were lost, or it is a first copy.
     *
     * @param consecutiveRenewals how many consecutive copies were begun because the copy before
     *     was given up; 0 for a first copy
     * @param withoutScan whether the user ignores gaps, so that replication only goes on from the
     *     oldest record kept
     */
    public record Renewal(int consecutiveRenewals, boolean withoutScan) {
        public static final Renewal NONE = new Renewal(0, false);
    }

    /**
     * The identity of a table and its stream.
     *
     * @param streamArn empty for a table without a stream
     */
    public record Identity(String tableId, String streamArn) {
        public static final Identity UNKNOWN = new Identity("", "");
    }

    /**
     * The stream as listings have shown it.
     *
     * @param anchorTime DynamoDB's time of the listing that became the anchor, milliseconds since 1970
     * @param lastListing DynamoDB's time of the last complete listing, milliseconds since 1970
     */
    public record StreamView(Lineage lineage, long anchorTime, long lastListing) {
        public static final StreamView EMPTY = new StreamView(Lineage.EMPTY, 0, 0);

        StreamView with(Lineage newLineage) {
            return new StreamView(newLineage, anchorTime, lastListing);
        }
    }

    /**
     * Creates the state of a table that is not replicated yet.
     *
     * @param previousEpoch the last epoch this table ever had, 0 for none
     */
    public static TableState fresh(String table, StartRequest startRequest, long previousEpoch) {
        Copy none = new Copy(table, previousEpoch, Phase.DESCRIBING, Identity.UNKNOWN, Renewal.NONE);
        return new TableState(startRequest, none, SplitLedger.EMPTY, StreamView.EMPTY, Pending.NOTHING);
    }

    /** Restores the state of a table from a checkpoint. */
    public static TableState restored(StartRequest startRequest, Copy copy, SplitLedger splits, StreamView stream) {
        return new TableState(startRequest, copy, splits, stream, Pending.NOTHING);
    }

    /**
     * Starts the table again under another start request, after readers have dropped their splits of
     * the current copy. The table's identity is forgotten: the name may belong to another table by
     * then, and the description decides whether that one is fit for the request.
     */
    TableState restartedBy(StartRequest newRequest) {
        if (epoch() == 0) {
            return fresh(table(), newRequest, 0);
        }
        Copy withdrawn = copy.in(Phase.WITHDRAWING).with(Renewal.NONE).with(Identity.UNKNOWN);
        return new TableState(newRequest, withdrawn, SplitLedger.EMPTY, StreamView.EMPTY, Pending.NOTHING);
    }

    public StartupMode start() {
        return startRequest.start();
    }

    /**
     * Returns whether the copy was verified and no stream is read after it. From then on it does not matter
     * what happens to the table.
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

    /** Returns the status of a shard's split; empty for a shard that need not be read, or not any more. */
    Optional<SplitStatus> statusOf(String shardId) {
        return splits.find(splitIdOf(shardId)).map(SplitEntry::status);
    }

    /** Returns whether the shard was read to its end. */
    boolean hasEnded(String shardId) {
        return splits.find(splitIdOf(shardId)).filter(SplitEntry::hasEnded).isPresent();
    }

    String splitIdOf(String shardId) {
        return ShardSplit.idOf(table(), epoch(), shardId);
    }

    TableState checkpointStarted(long checkpointId) {
        return with(splits.checkpointStarted(checkpointId))
                .with(pending.withdrawal().checkpointStarted(checkpointId));
    }

    TableState checkpointCompleted(long checkpointId) {
        return with(splits.checkpointCompleted(checkpointId))
                .with(pending.withdrawal().checkpointCompleted(checkpointId));
    }

    TableState readerReset(int subtask, List<ReplicationSplit> returned) {
        return with(splits.readerReset(subtask, returned))
                .with(pending.withdrawal().readerReset(subtask));
    }

    /** Returns those of the splits that belong to the current copy of this table. */
    List<ReplicationSplit> ownOf(List<ReplicationSplit> candidates) {
        return candidates.stream()
                .filter(split -> split.table().equals(table()) && split.epoch() == epoch())
                .toList();
    }

    /** Returns whether the split belongs to a copy that was given up. */
    boolean isVoid(ReplicationSplit split) {
        return split.table().equals(table()) && split.epoch() <= lastVoidEpoch();
    }

    /**
     * Returns whether the split belongs to this copy, but to a stream that was given up during it. A reader
     * can go back to such a split only if there was no fence before the next stream.
     */
    boolean isOfEarlierStream(ReplicationSplit split) {
        return phase().hasAnchor()
                && split.table().equals(table())
                && split.epoch() == epoch()
                && split instanceof ShardSplit shard
                && !shard.shard().streamArn().equals(identity().streamArn());
    }

    /** Returns the last epoch that was given up: before the anchor of a copy this is still the copy's own. */
    long lastVoidEpoch() {
        return phase().hasAnchor() ? epoch() - 1 : epoch();
    }

    /**
     * Returns the milliseconds until the stream may drop the first records of a shard that waits for a reader,
     * as of the last listing; 24 hours if no shard waits. A shard that waits for the end of its
     * parent does not count: the parent's reader is further behind.
     */
    public long waitingHeadroom() {
        return UnreadShards.waiting(this)
                .mapToLong(split -> TimeBounds.RETENTION - (stream.lastListing() - split.proof()))
                .min()
                .orElse(TimeBounds.RETENTION);
    }

    /** Returns whether the stream is read from the oldest record kept. */
    boolean isFromOldestKept() {
        return start() == StartupMode.EARLIEST_OFFSET || copy.renewal().withoutScan();
    }

    Lineage lineage() {
        return stream.lineage();
    }

    /**
     * Returns whether a copy is under way, or about to begin. A copy that is delayed does not count: the
     * delay can take hours, a job may take no checkpoint during a backlog, and other tables need
     * checkpoints.
     */
    boolean isBacklog() {
        return phase().isBacklog() && !pending.delaysCopy();
    }

    /** Returns the stream that is read, or the one whose listing will become the anchor. */
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

    TableState with(Withdrawal newWithdrawal) {
        return with(pending.with(newWithdrawal));
    }
}
