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
 * The note in state that names the format of its change events. Flink finds the class by its name and
 * calls its constructor, so neither may change.
 *
 * <p>The version is the number of the format. There is one format so far. When there is a next one, {@link
 * #restoreSerializer} must return a serializer for this one, and the compatibility must ask for migration.
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
        // Flink writes the version. Nothing else is needed.
    }

    @Override
    public void readSnapshot(int version, DataInputView source, ClassLoader loader) throws IOException {
        if (version != FORMAT) {
            throw new IOException(
                    """
                    State holds change events in format %d, but this release of the connector reads format %d. \
                    Restore with the release that wrote the state, or with a newer one."""
                            .formatted(version, FORMAT));
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
