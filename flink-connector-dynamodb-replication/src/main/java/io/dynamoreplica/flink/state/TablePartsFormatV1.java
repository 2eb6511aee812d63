/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.protocol.Lineage;
import io.dynamoreplica.flink.protocol.ShardNode;
import io.dynamoreplica.flink.protocol.ShardNode.Seen;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.SplitStatus;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.split.Shard;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The format of a table's splits and stream in versions 1 and 2 of the enumerator's state. Only the
 * kind of a split's status is written. The reader that has the split, and how safe the report of its
 * end is, follow from the restore itself.
 */
final class TablePartsFormatV1 {

    private static final byte UNASSIGNED = 1;
    private static final byte ASSIGNED = 2;
    private static final byte ENDED = 3;

    static void writeSplits(SplitLedger splits, DataOutput out) throws IOException {
        out.writeInt(splits.entries().size());
        for (SplitEntry entry : splits.entries()) {
            SplitFormatV1.write(entry.split(), out);
            out.writeByte(tagOf(entry.status()));
        }
    }

    private static byte tagOf(SplitStatus status) {
        if (status instanceof SplitStatus.Unassigned) {
            return UNASSIGNED;
        } else if (status instanceof SplitStatus.Assigned) {
            return ASSIGNED;
        } else if (status instanceof SplitStatus.Ended) {
            return ENDED;
        }
        throw new IllegalStateException("No tag is defined for the status %s".formatted(status));
    }

    static SplitLedger readSplits(DataInput in) throws IOException {
        int size = in.readInt();
        List<SplitEntry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(new SplitEntry(SplitFormatV1.read(in), readStatus(in)));
        }
        return SplitLedger.restored(entries);
    }

    private static SplitStatus readStatus(DataInput in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case UNASSIGNED -> SplitStatus.UNASSIGNED;
            case ASSIGNED -> new SplitStatus.Assigned(SplitStatus.UNKNOWN_READER);
            case ENDED -> SplitStatus.covered(SplitStatus.UNKNOWN_READER);
            default -> throw new IOException("No status of a split has the tag " + tag);
        };
    }

    static void writeStream(StreamView stream, DataOutput out) throws IOException {
        out.writeLong(stream.anchorTime());
        out.writeLong(stream.lastListing());
        Collection<ShardNode> nodes = stream.lineage().nodes();
        out.writeInt(nodes.size());
        for (ShardNode node : nodes) {
            out.writeUTF(node.shard().shardId());
            out.writeBoolean(node.shard().parent().isPresent());
            if (node.shard().parent().isPresent()) {
                out.writeUTF(node.shard().parentShardId());
            }
            out.writeBoolean(node.shard().closed());
            EnumCodes.SHARD_ROLES.write(node.role(), out);
            out.writeLong(node.seen().first());
            out.writeLong(node.seen().last());
            out.writeLong(node.seen().absentSince());
            out.writeLong(node.closedSince());
        }
    }

    static StreamView readStream(DataInput in) throws IOException {
        long anchor = in.readLong();
        long lastListing = in.readLong();
        int size = in.readInt();
        List<ShardNode> nodes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Shard shard = new Shard(in.readUTF(), in.readBoolean() ? in.readUTF() : null, in.readBoolean());
            ShardRole role = EnumCodes.SHARD_ROLES.read(in);
            Seen seen = new Seen(in.readLong(), in.readLong(), in.readLong());
            nodes.add(new ShardNode(shard, role, seen, in.readLong()));
        }
        return new StreamView(Lineage.of(nodes), anchor, lastListing);
    }

    private TablePartsFormatV1() {}
}
