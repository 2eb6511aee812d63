/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfig;
import io.dynamoreplica.flink.split.ReplicationSplit;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Stands in for the real one until it is merged. */
public final class DynamoDbReplicationSource<T> implements Source<T, ReplicationSplit, Object> {

    private static final long serialVersionUID = 1L;

    private final ReplicationConfig config;
    private final DynamoDbDeserializationSchema<T> schema;

    private DynamoDbReplicationSource(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema) {
        this.config = config;
        this.schema = schema;
    }

    public static <T> DynamoDbReplicationSource<T> of(
            ReplicationConfig config, DynamoDbDeserializationSchema<T> schema) {
        return new DynamoDbReplicationSource<>(config, schema);
    }

    public ReplicationConfig config() {
        return config;
    }

    public DynamoDbDeserializationSchema<T> schema() {
        return schema;
    }

    @Override
    public Boundedness getBoundedness() {
        return config.tables().stream().anyMatch(table -> table.startup().streams())
                ? Boundedness.CONTINUOUS_UNBOUNDED
                : Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<ReplicationSplit, Object> createEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SplitEnumerator<ReplicationSplit, Object> restoreEnumerator(
            SplitEnumeratorContext<ReplicationSplit> context, Object checkpoint) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SimpleVersionedSerializer<ReplicationSplit> getSplitSerializer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SimpleVersionedSerializer<Object> getEnumeratorCheckpointSerializer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SourceReader<T, ReplicationSplit> createReader(SourceReaderContext context) {
        throw new UnsupportedOperationException();
    }
}
