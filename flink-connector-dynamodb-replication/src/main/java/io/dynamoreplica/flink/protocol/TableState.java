/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.TableRules.Start;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Optional;

/**
 * What the enumerator keeps of one table.
 *
 * @param start the start mode under which the table was begun
 * @param copy which full copy is under way or was made
 * @param splits the segments and shards of that copy
 * @param stream what is known of the stream
 * @param pending what waits for an answer; not kept in checkpoints, because the calls are not
 *     either
 */
public record TableState(
        Start start, Copy copy, SplitLedger splits, StreamView stream, Pending pending) {

    /**
     * @param table the table's name as configured
     * @param epoch number of the copy; 0 before the first
     * @param identity which table and stream it is about; {@link Identity#UNKNOWN} while the table
     *     is being described
     */
    public record Copy(String table, long epoch, Phase phase, Identity identity) {}

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
    }

    /**
     * @param verification number of the last description that was asked for because every segment
     *     had ended
     * @param leafListings listings since a shard ended whose children are still not shown
     * @param bytes the table's size when it was described
     */
    public record Pending(long verification, int leafListings, long bytes) {
        public static final Pending NOTHING = new Pending(0, 0, 0);
    }

    /**
     * @param previousEpoch the last epoch this table ever had, 0 for none
     */
    public static TableState fresh(String table, Start start, long previousEpoch) {
        return new TableState(
                start,
                new Copy(table, previousEpoch, Phase.DESCRIBING, Identity.UNKNOWN),
                SplitLedger.EMPTY,
                StreamView.EMPTY,
                Pending.NOTHING);
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
    Optional<Stage> stageOf(String shardId) {
        return splits.find(ShardSplit.idOf(table(), epoch(), shardId))
                .map(SplitLedger.Entry::stage);
    }

    Lineage lineage() {
        return stream.lineage();
    }

    TableState in(Phase phase) {
        return with(new Copy(copy.table(), copy.epoch(), phase, copy.identity()));
    }

    TableState with(Copy newCopy) {
        return new TableState(start, newCopy, splits, stream, pending);
    }

    TableState with(SplitLedger newSplits) {
        return new TableState(start, copy, newSplits, stream, pending);
    }

    TableState with(StreamView newStream) {
        return new TableState(start, copy, splits, newStream, pending);
    }

    TableState with(Pending newPending) {
        return new TableState(start, copy, splits, stream, newPending);
    }
}
