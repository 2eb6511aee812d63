/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.DynamoDbDeserializationSchema;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.config.ConversionConfig;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

/**
 * One row for each change: an image as it is now, or the key alone of an item that was deleted.
 *
 * <p>An image is an INSERT where nothing but a Scan is read, else an UPDATE_AFTER even if the item
 * is new: a re-snapshot, or a stream that repeats what was scanned, brings the same key again.
 */
final class RowDataDeserializationSchema implements DynamoDbDeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final RowLayout layout;
    private final RowKind kindOfImages;
    private final TypeInformation<RowData> producedType;
    private final ConversionConfig conversion;

    private transient CountedFailures lost;
    private transient List<MetadataColumn> metadata;
    private transient ImageColumns imageColumns;
    private transient RowConverter images;
    private transient RowConverter keys;

    RowDataDeserializationSchema(
            RowLayout layout,
            RowKind kindOfImages,
            TypeInformation<RowData> producedType,
            ConversionConfig conversion) {
        this.layout = layout;
        this.kindOfImages = kindOfImages;
        this.producedType = producedType;
        this.conversion = conversion;
    }

    @Override
    public void open(InitializationContext context) {
        lost = new CountedFailures(context.getMetricGroup().counter("conversionErrors"));
        AttributeConverters converters =
                new AttributeConverters(
                        conversion.epochUnit(),
                        switch (conversion.onError()) {
                            case FAIL -> ConversionFailures.ARE_FATAL;
                            case NULL -> lost;
                        });
        metadata = layout.metadata();
        imageColumns = layout.imageColumns();
        images = layout.imageConverter(converters);
        keys = layout.keyConverter(converters);
    }

    @Override
    public void deserialize(ChangeEvent event, Collector<RowData> out) throws IOException {
        GenericRowData row = new GenericRowData(layout.arity());
        lost.in(event);
        try {
            if (event.operation() == Operation.REMOVE) {
                row.setRowKind(RowKind.DELETE);
                keys.fill(row, event.keys().walk());
            } else {
                row.setRowKind(kindOfImages);
                images.fill(row, imageColumns.of(image(event)).walk());
            }
        } catch (ConversionException e) {
            throw new MisfitException(event, e);
        }
        int position = layout.columns().getFieldCount();
        for (MetadataColumn column : metadata) {
            row.setField(position++, column.read(event));
        }
        out.collect(row);
    }

    private static Item image(ChangeEvent event) throws IOException {
        if (event.after() == null) {
            throw new IOException(
                    "A record of table "
                            + event.table()
                            + "'s stream holds no new image. Its view type must be NEW_IMAGE or NEW_AND_OLD_IMAGES.");
        }
        return event.after();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return producedType;
    }
}
