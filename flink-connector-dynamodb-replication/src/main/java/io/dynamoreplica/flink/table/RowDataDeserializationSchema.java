/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
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
 *
 * <p>Where the stream tells what a deleted item was like, that image comes once more before its
 * DELETE, as a MODIFY that changes nothing. Flink's {@code ChangelogNormalize} drops a DELETE whose
 * key it does not know; after a failure during the copy it may not know a key that the sink has, if
 * the item is deleted before its page is scanned again. The row would stay in the sink for ever.
 */
final class RowDataDeserializationSchema implements DynamoDbDeserializationSchema<RowData> {

    private static final long serialVersionUID = 1L;

    private final RowLayout layout;
    private final RowKind kindOfImages;
    private final TypeInformation<RowData> producedType;
    private final ConversionConfig conversion;
    private final boolean timesCopies;

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
        this(layout, kindOfImages, producedType, conversion, true);
    }

    private RowDataDeserializationSchema(
            RowLayout layout,
            RowKind kindOfImages,
            TypeInformation<RowData> producedType,
            ConversionConfig conversion,
            boolean timesCopies) {
        this.layout = layout;
        this.kindOfImages = kindOfImages;
        this.producedType = producedType;
        this.conversion = conversion;
        this.timesCopies = timesCopies;
    }

    /** The same, whose scanned rows have no timestamp. */
    RowDataDeserializationSchema withoutTimeOfCopies() {
        return new RowDataDeserializationSchema(
                layout, kindOfImages, producedType, conversion, false);
    }

    @Override
    public boolean timesCopies() {
        return timesCopies;
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
        lost.in(event);
        try {
            if (event.operation() == Operation.REMOVE) {
                if (event.before() != null) {
                    repeatLastImage(event, out);
                }
                out.collect(row(event, RowKind.DELETE, keys, event.keys()));
            } else {
                out.collect(row(event, kindOfImages, images, imageColumns.of(image(event))));
            }
        } catch (ConversionException e) {
            throw new MisfitException(event, e);
        }
    }

    private void repeatLastImage(ChangeEvent removed, Collector<RowData> out) {
        ChangeEvent unchanged =
                new ChangeEvent(
                        removed.table(),
                        Operation.MODIFY,
                        new Images(removed.keys(), removed.before(), removed.before()),
                        removed.origin());
        try {
            out.collect(row(unchanged, kindOfImages, images, imageColumns.of(removed.before())));
        } catch (ConversionException neverCameThisFar) {
            // No row was ever made of such an image, so there is none for the DELETE to miss.
            return;
        }
    }

    private RowData row(ChangeEvent event, RowKind kind, RowConverter converter, Item item)
            throws ConversionException {
        GenericRowData row = new GenericRowData(kind, layout.arity());
        converter.fill(row, item.walk());
        int position = layout.columns().getFieldCount();
        for (MetadataColumn column : metadata) {
            row.setField(position++, column.read(event));
        }
        return row;
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
