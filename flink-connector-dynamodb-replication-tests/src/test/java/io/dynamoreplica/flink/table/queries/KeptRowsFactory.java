/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import java.util.Arrays;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/**
 * A sink of tests that keeps its rows in {@link KeptRows}: {@code 'connector' = 'kept-rows', 'id' =
 * '...'}. With a primary key it takes upserts, without one it takes retractions.
 */
public final class KeptRowsFactory implements DynamicTableSinkFactory {

    static final String IDENTIFIER = "kept-rows";

    static final ConfigOption<String> ID = ConfigOptions.key("id").stringType().noDefaultValue();

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(ID);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return new Sink(context.getPhysicalRowDataType(), helper.getOptions().get(ID), context.getPrimaryKeyIndexes());
    }

    private record Sink(DataType rows, String id, int[] key) implements DynamicTableSink {

        @Override
        public ChangelogMode getChangelogMode(ChangelogMode requested) {
            return key.length == 0 ? ChangelogMode.all() : ChangelogMode.upsert();
        }

        @Override
        public SinkRuntimeProvider getSinkRuntimeProvider(Context runtime) {
            Keep keep = new Keep(id, key, runtime.createDataStructureConverter(rows));
            return new DataStreamSinkProvider() {
                @Override
                public DataStreamSink<?> consumeDataStream(ProviderContext provider, DataStream<RowData> changes) {
                    return changes.map(keep)
                            .returns(Types.INT)
                            .setParallelism(changes.getParallelism())
                            .sinkTo(new DiscardingSink<>());
                }
            };
        }

        @Override
        public DynamicTableSink copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return IDENTIFIER + " " + id;
        }
    }

    private static final class Keep extends RichMapFunction<RowData, Integer> {

        private static final long serialVersionUID = 1L;

        private final String id;
        private final int[] key;
        private final DynamicTableSink.DataStructureConverter converter;

        private transient KeptRows kept;

        Keep(String id, int[] key, DynamicTableSink.DataStructureConverter converter) {
            this.id = id;
            this.key = Arrays.copyOf(key, key.length);
            this.converter = converter;
        }

        @Override
        public void open(OpenContext context) {
            kept = KeptRows.of(id, key);
            converter.open(RuntimeConverter.Context.create(Keep.class.getClassLoader()));
        }

        @Override
        public Integer map(RowData change) {
            kept.apply((Row) converter.toExternal(change));
            return 0;
        }
    }
}
