/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * The serializer of change events, in format 1:
 *
 * <pre>
 *   operation(1) flags(1) table epoch(8) seconds(8) nanos(4) shardId sequenceNumber keys [before] [after]
 * </pre>
 *
 * {@link StringValue} writes strings, which can be null. {@link ItemFormat} writes items. Users' state
 * holds events in this format, so a change of it is a new format; see {@link
 * ChangeEventSerializerSnapshot}.
 */
final class ChangeEventSerializer extends TypeSerializer<ChangeEvent> {

    static final ChangeEventSerializer INSTANCE = new ChangeEventSerializer();

    private static final long serialVersionUID = 1L;

    private static final int HAS_BEFORE = 1;
    private static final int HAS_AFTER = 1 << 1;
    private static final int DELETED_BY_TTL = 1 << 2;

    @Override
    public void serialize(ChangeEvent event, DataOutputView target) throws IOException {
        target.writeByte(code(event.operation()));
        target.writeByte((event.before() != null ? HAS_BEFORE : 0)
                | (event.after() != null ? HAS_AFTER : 0)
                | (event.origin().deletedByTtl() ? DELETED_BY_TTL : 0));
        StringValue.writeString(event.table(), target);
        target.writeLong(event.epoch());
        target.writeLong(event.origin().time().getEpochSecond());
        target.writeInt(event.origin().time().getNano());
        StringValue.writeString(event.origin().shardId(), target);
        StringValue.writeString(event.origin().sequenceNumber(), target);
        ItemFormat.write(event.keys(), target);
        if (event.before() != null) {
            ItemFormat.write(event.before(), target);
        }
        if (event.after() != null) {
            ItemFormat.write(event.after(), target);
        }
    }

    @Override
    public ChangeEvent deserialize(DataInputView source) throws IOException {
        Operation operation = operation(source.readByte());
        int flags = source.readByte();
        String table = StringValue.readString(source);
        ChangeEvent.Origin origin = new ChangeEvent.Origin(
                source.readLong(),
                Instant.ofEpochSecond(source.readLong(), source.readInt()),
                StringValue.readString(source),
                StringValue.readString(source),
                (flags & DELETED_BY_TTL) != 0);
        ChangeEvent.Images images = new ChangeEvent.Images(
                ItemFormat.read(source),
                (flags & HAS_BEFORE) != 0 ? ItemFormat.read(source) : null,
                (flags & HAS_AFTER) != 0 ? ItemFormat.read(source) : null);
        return new ChangeEvent(table, operation, images, origin);
    }

    /** Returns a fixed code. The ordinal would change when a constant is added before others. */
    private static int code(Operation operation) {
        return switch (operation) {
            case READ -> 0;
            case INSERT -> 1;
            case MODIFY -> 2;
            case REMOVE -> 3;
        };
    }

    private static Operation operation(int code) throws IOException {
        return switch (code) {
            case 0 -> Operation.READ;
            case 1 -> Operation.INSERT;
            case 2 -> Operation.MODIFY;
            case 3 -> Operation.REMOVE;
            default ->
                throw new IOException("Unknown operation code %d: the bytes are not a change event".formatted(code));
        };
    }

    @Override
    public ChangeEvent deserialize(ChangeEvent reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public ChangeEvent copy(ChangeEvent from) {
        return from;
    }

    @Override
    public ChangeEvent copy(ChangeEvent from, ChangeEvent reuse) {
        return from;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<ChangeEvent> duplicate() {
        return this;
    }

    @Override
    public ChangeEvent createInstance() {
        MapItem empty = MapItem.of(Map.of());
        return new ChangeEvent(
                "",
                Operation.REMOVE,
                new ChangeEvent.Images(empty, null, null),
                ChangeEvent.Origin.scanned(0, Instant.EPOCH));
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<ChangeEvent> snapshotConfiguration() {
        return new ChangeEventSerializerSnapshot();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangeEventSerializer;
    }

    @Override
    public int hashCode() {
        return ChangeEventSerializer.class.getName().hashCode();
    }
}
