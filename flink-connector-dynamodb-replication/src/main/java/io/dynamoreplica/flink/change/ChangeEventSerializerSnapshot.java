/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Says in state which format its change events have. Flink finds the class by its name and calls
 * its constructor, so neither may change.
 *
 * <p>The version is that of the format, and there is one so far. The next keeps a serializer for
 * this one, to be returned by {@link #restoreSerializer}, and asks for migration.
 */
@Internal
public final class ChangeEventSerializerSnapshot implements TypeSerializerSnapshot<ChangeEvent> {

    private static final int FORMAT = 1;

    @Override
    public int getCurrentVersion() {
        return FORMAT;
    }

    @Override
    public void writeSnapshot(DataOutputView target) {
        // The version, which Flink writes, says it all.
    }

    @Override
    public void readSnapshot(int version, DataInputView source, ClassLoader loader) throws IOException {
        if (version != FORMAT) {
            throw new IOException("State holds change events in format "
                    + version
                    + ", and this release of the connector reads format "
                    + FORMAT
                    + ": restore with the release that wrote it, or a newer one");
        }
    }

    @Override
    public TypeSerializer<ChangeEvent> restoreSerializer() {
        return ChangeEventSerializer.INSTANCE;
    }

    @Override
    public TypeSerializerSchemaCompatibility<ChangeEvent> resolveSchemaCompatibility(
            TypeSerializerSnapshot<ChangeEvent> old) {
        return old instanceof ChangeEventSerializerSnapshot
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
