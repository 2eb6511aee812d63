/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Flink's serializer of splits, in the state of readers and from the enumerator to a reader. */
@Internal
public final class SplitSerializer implements SimpleVersionedSerializer<ReplicationSplit> {

    private static final int VERSION_1 = 1;

    @Override
    public int getVersion() {
        return VERSION_1;
    }

    @Override
    public byte[] serialize(ReplicationSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        SplitFormatV1.write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public ReplicationSplit deserialize(int version, byte[] serialized) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        return switch (version) {
            case VERSION_1 -> SplitFormatV1.read(in);
            default -> throw UnknownVersion.of("a split", version, VERSION_1);
        };
    }
}
