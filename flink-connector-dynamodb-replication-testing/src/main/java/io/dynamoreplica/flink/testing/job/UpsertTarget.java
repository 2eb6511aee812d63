/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * A table of a database, written by the sink {@code 'connector' = 'upsert-target'}: by primary key
 * and without transactions, so that written rows stay after a failover of the job. The sink
 * declares the same changelog mode as Flink's JDBC sink: INSERT, UPDATE_AFTER and DELETE, and no
 * deletes by key alone. Tasks find the target by its id.
 */
public final class UpsertTarget implements AutoCloseable {

    private static final Map<String, UpsertTarget> TARGETS = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Map<List<Object>, Row> rows = new ConcurrentHashMap<>();
    private final Queue<Row> written = new ConcurrentLinkedQueue<>();
    private final InducedFailure failure = new InducedFailure();

    public UpsertTarget() {
        TARGETS.put(id, this);
    }

    /** Returns the options for WITH (...) of a table that is written here. */
    public String options() {
        return "'connector' = 'upsert-target', 'target' = '" + id + "'";
    }

    /** Returns the columns of each row, by key. */
    public Map<List<Object>, Row> rows() {
        return Map.copyOf(rows);
    }

    /** Counts the rows. */
    public int size() {
        return rows.size();
    }

    /** Returns every row in the order in which it was written, repetitions included. */
    public List<Row> written() {
        return List.copyOf(written);
    }

    /** Returns the failure that can end a task of the sink. */
    public InducedFailure failure() {
        return failure;
    }

    private void write(Row row, int[] key) {
        failure.meet();
        List<Object> values = new ArrayList<>();
        for (int column : key) {
            values.add(row.getField(column));
        }
        written.add(row);
        if (row.getKind() == RowKind.DELETE) {
            rows.remove(values);
        } else {
            rows.put(values, plain(row));
        }
    }

    private static Row plain(Row row) {
        Row plain = Row.copy(row);
        plain.setKind(RowKind.INSERT);
        return plain;
    }

    @Override
    public void close() {
        failure.close();
        TARGETS.remove(id);
    }

    /** The factory of the sink. */
    public static final class Factory implements DynamicTableSinkFactory {

        private static final ConfigOption<String> TARGET =
                ConfigOptions.key("target").stringType().defaultValue("");

        private static final ConfigOption<Boolean> CHAINED =
                ConfigOptions.key("chained").booleanType().defaultValue(true);

        @Override
        public String factoryIdentifier() {
            return "upsert-target";
        }

        @Override
        public Set<ConfigOption<?>> requiredOptions() {
            return Set.of();
        }

        @Override
        public Set<ConfigOption<?>> optionalOptions() {
            return Set.of(TARGET, CHAINED);
        }

        @Override
        public DynamicTableSink createDynamicTableSink(Context context) {
            ReadableConfig options =
                    FactoryUtil.createTableFactoryHelper(this, context).getOptions();
            return new UpsertSink(
                    options.get(TARGET),
                    options.get(CHAINED),
                    context.getPhysicalRowDataType(),
                    context.getPrimaryKeyIndexes());
        }
    }

    private record UpsertSink(String target, boolean chained, DataType type, int[] key) implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return ChangelogMode.newBuilder()
                    .addContainedKind(RowKind.INSERT)
                    .addContainedKind(RowKind.UPDATE_AFTER)
                    .addContainedKind(RowKind.DELETE)
                    .build();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
            Write write = new Write(target, context.createDataStructureConverter(type), key);
            return new Writing(write, chained);
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "target";
        }
    }

    private record Writing(Write write, boolean chained) implements DataStreamSinkProvider {
        @Override
        public DataStreamSink<?> consumeDataStream(ProviderContext context, DataStream<RowData> changes) {
            SingleOutputStreamOperator<Long> written =
                    changes.map(write).returns(Types.LONG).uid("write");
            return (chained ? written : written.disableChaining())
                    .sinkTo(new DiscardingSink<>())
                    .uid("end");
        }
    }

    private record Write(String target, DataStructureConverter converter, int[] key)
            implements MapFunction<RowData, Long> {
        @Override
        public Long map(RowData row) {
            TARGETS.get(target).write((Row) converter.toExternal(row), key);
            return 1L;
        }
    }
}
