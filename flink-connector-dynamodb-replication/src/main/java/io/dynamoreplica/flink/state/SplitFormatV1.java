/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of splits, version 1: a tag for each kind and position, then the components in the
 * order of the records.
 */
final class SplitFormatV1 {

    private static final byte SCAN = 1;
    private static final byte SHARD = 2;

    private static final byte START = 1;
    private static final byte AFTER = 2;
    private static final byte END = 3;
    private static final byte OLDEST_KEPT = 4;

    static void write(ReplicationSplit split, DataOutput out) throws IOException {
        if (split instanceof ScanSplit scan) {
            out.writeByte(SCAN);
            out.writeUTF(scan.table());
            out.writeLong(scan.epoch());
            out.writeInt(scan.segment());
            out.writeInt(scan.totalSegments());
            writePosition(scan.position(), out);
        } else if (split instanceof ShardSplit shard) {
            out.writeByte(SHARD);
            out.writeUTF(shard.table());
            out.writeUTF(shard.streamArn());
            out.writeUTF(shard.shardId());
            out.writeLong(shard.epoch());
            writePosition(shard.position(), out);
            out.writeLong(shard.proof());
            out.writeLong(shard.dropBefore());
        } else {
            throw new IllegalStateException("No tag is defined for the split %s".formatted(split));
        }
    }

    static ReplicationSplit read(DataInput in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case SCAN -> new ScanSplit(in.readUTF(), in.readLong(), in.readInt(), in.readInt(), readScanPosition(in));
            case SHARD ->
                new ShardSplit(
                        new ShardKey(in.readUTF(), in.readUTF(), in.readUTF()),
                        in.readLong(),
                        readShardPosition(in),
                        in.readLong(),
                        in.readLong());
            default -> throw new IOException("No kind of split has the tag " + kind);
        };
    }

    private static void writePosition(ScanPosition position, DataOutput out) throws IOException {
        if (position instanceof ScanPosition.After after) {
            out.writeByte(AFTER);
            writeKey(after.lastEvaluatedKey(), out);
        } else if (position instanceof ScanPosition.Start) {
            out.writeByte(START);
        } else if (position instanceof ScanPosition.End) {
            out.writeByte(END);
        } else {
            throw new IllegalStateException("No tag is defined for the position %s".formatted(position));
        }
    }

    private static ScanPosition readScanPosition(DataInput in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case START -> ScanPosition.START;
            case AFTER -> new ScanPosition.After(readKey(in));
            case END -> ScanPosition.END;
            default -> throw new IOException("No position in a segment has the tag " + tag);
        };
    }

    private static void writeKey(ItemKey key, DataOutput out) throws IOException {
        out.writeInt(key.attributes().size());
        for (KeyAttribute attribute : key.attributes()) {
            out.writeUTF(attribute.name());
            out.writeUTF(attribute.type().name());
            out.writeUTF(attribute.value());
        }
    }

    private static ItemKey readKey(DataInput in) throws IOException {
        int size = in.readInt();
        List<KeyAttribute> attributes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            attributes.add(new KeyAttribute(in.readUTF(), KeyType.valueOf(in.readUTF()), in.readUTF()));
        }
        return new ItemKey(attributes);
    }

    private static void writePosition(ShardPosition position, DataOutput out) throws IOException {
        if (position instanceof ShardPosition.After after) {
            out.writeByte(AFTER);
            out.writeUTF(after.sequenceNumber());
        } else if (position instanceof ShardPosition.Beginning) {
            out.writeByte(START);
        } else if (position instanceof ShardPosition.OldestKept) {
            out.writeByte(OLDEST_KEPT);
        } else if (position instanceof ShardPosition.End) {
            out.writeByte(END);
        } else {
            throw new IllegalStateException("No tag is defined for the position %s".formatted(position));
        }
    }

    private static ShardPosition readShardPosition(DataInput in) throws IOException {
        byte tag = in.readByte();
        return switch (tag) {
            case START -> ShardPosition.BEGINNING;
            case OLDEST_KEPT -> ShardPosition.OLDEST_KEPT;
            case AFTER -> new ShardPosition.After(in.readUTF());
            case END -> ShardPosition.END;
            default -> throw new IOException("No position in a shard has the tag " + tag);
        };
    }

    private SplitFormatV1() {}
}
