/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import static io.dynamoreplica.flink.testing.fake.Items.item;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.flink.util.Collector;

/**
 * The external system with splits for Flink's test suite for sources: a table in the fake. Each
 * "split" of the suite is a partition key, and its records are items with growing sort keys. So
 * both a Scan and the stream return them in the order of writing.
 *
 * <p>A bounded source uses the startup mode {@code snapshot}, an unbounded one {@code initial}:
 * there, a second batch for the same split arrives through the stream.
 */
public final class SuiteContext implements DataStreamSourceExternalContext<String> {

    private static final int RECORDS = 30;

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final FakeTable table = db.createTable(
            TableSpec.named("suite").withSortKey("number", KeyType.N).withShards(3));
    private int writers;

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        boolean bounded = settings.getBoundedness() == Boundedness.BOUNDED;
        Map<String, String> options = Map.of(
                "table-name", "suite",
                "aws.region", "eu-central-1",
                "scan.startup.mode", bounded ? "snapshot" : "initial",
                "scan.stream.discovery-interval", "1 s",
                "scan.stream.poll-interval", "100 ms");
        return DynamoDbReplicationSource.of(
                ReplicationConfigParser.parse(options, List.of()), new TextOfItem(), db.register());
    }

    @Override
    public List<String> generateTestData(TestingSourceSettings settings, int splitIndex, long seed) {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> "split " + splitIndex + ", batch " + seed + ", record " + i)
                .toList();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(TestingSourceSettings settings) {
        return new Partition("split-" + writers++);
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }

    @Override
    public List<URL> getConnectorJarPaths() {
        return List.of();
    }

    @Override
    public void close() {
        db.close();
    }

    private final class Partition implements ExternalSystemSplitDataWriter<String> {
        private final String key;
        private int number;

        Partition(String key) {
            this.key = key;
        }

        /**
         * Writes the records and rolls the shards over. So records that are written before a job
         * begins are only in its copy.
         */
        @Override
        public void writeRecords(List<String> records) {
            for (String text : records) {
                table.put(item("id", key).n("number", number++).s("text", text).build());
            }
            table.stream().openShards().forEach(table.stream()::rollOver);
        }

        @Override
        public void close() {
            // The context owns the table and closes it.
        }
    }

    private static final class TextOfItem implements DynamoDbDeserializationSchema<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(ChangeEvent event, Collector<String> out) {
            out.collect(((AttributeValue.S) event.after().materialise().get("text")).value());
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
