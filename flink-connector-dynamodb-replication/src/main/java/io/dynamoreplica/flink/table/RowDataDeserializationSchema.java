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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;

/**
 * The schema that makes rows of changes: one row for each change, and two rows for some deletes.
 *
 * <p>If a delete may precede the end of the copy, the item's last image is emitted before it, as a
 * MODIFY that changes nothing. The reason: Flink's {@code ChangelogNormalize} drops a DELETE whose key
 * it does not know. If the job fails during the copy, and the item is deleted before its page is scanned
 * again, the operator may not know a key that the sink has. Without the image, the row would stay in the
 * sink forever. A later delete needs no image, because the copy or the stream has emitted its key.
 */
final class RowDataDeserializationSchema implements DynamoDbDeserializationSchema<RowData> {

    private static final long serialVersionUID = 2L;

    private final RowLayout layout;
    private final DeclaredChangelog changelog;
    private final TypeInformation<RowData> producedType;
    private final ConversionConfig conversion;
    private final boolean timesCopies;

    private transient CountingFailureHandler lost;
    private transient List<MetadataColumn> metadata;
    private transient ImageColumns imageColumns;
    private transient RowConverter images;
    private transient RowConverter keys;
    private transient long epochOfCopy;
    private transient Instant endOfCopy;

    RowDataDeserializationSchema(
            RowLayout layout,
            DeclaredChangelog changelog,
            TypeInformation<RowData> producedType,
            ConversionConfig conversion) {
        this(layout, changelog, producedType, conversion, true);
    }

    private RowDataDeserializationSchema(
            RowLayout layout,
            DeclaredChangelog changelog,
            TypeInformation<RowData> producedType,
            ConversionConfig conversion,
            boolean timesCopies) {
        this.layout = layout;
        this.changelog = changelog;
        this.producedType = producedType;
        this.conversion = conversion;
        this.timesCopies = timesCopies;
    }

    /** Returns the same schema with no timestamp on scanned rows. */
    RowDataDeserializationSchema withoutTimeOfCopies() {
        return new RowDataDeserializationSchema(layout, changelog, producedType, conversion, false);
    }

    @Override
    public boolean timesCopies() {
        return timesCopies;
    }

    @Override
    public void open(InitializationContext context) {
        lost = new CountingFailureHandler(context.getMetricGroup().counter("conversionErrors"));
        AttributeConverters converters = new AttributeConverters(
                conversion.timestampUnit(),
                switch (conversion.onError()) {
                    case FAIL -> ConversionFailureHandler.RETHROW;
                    case NULL -> lost;
                });
        metadata = layout.metadata();
        imageColumns = layout.imageColumns();
        images = layout.imageConverter(converters);
        keys = layout.keyConverter(converters);
        endOfCopy = Instant.MAX;
    }

    @Override
    public void copyEnded(String table, long epoch, Instant by) {
        epochOfCopy = epoch;
        endOfCopy = by;
    }

    @Override
    public void deserialize(ChangeEvent event, Collector<RowData> out) throws IOException {
        lost.in(event);
        try {
            if (event.operation() == Operation.REMOVE) {
                deleted(event, out);
            } else {
                GenericRowData row = columns(images, imageColumns.of(image(event)));
                out.collect(complete(row, changelog.kindOfImages(), event));
            }
        } catch (ConversionException e) {
            throw new ItemConversionException(event, e);
        }
    }

    private void deleted(ChangeEvent event, Collector<RowData> out) throws ConversionException {
        boolean repeats = changelog.hasDeletes() && mayPrecedeEndOfCopy(event);
        Optional<GenericRowData> last = repeats || changelog.holdsDeletedItems() ? lastImage(event) : Optional.empty();
        if (repeats && last.isPresent()) {
            GenericRowData repeated = copyOf(last.get());
            out.collect(complete(repeated, changelog.kindOfImages(), unchanged(event)));
        }
        GenericRowData deleted = changelog.holdsDeletedItems() && last.isPresent()
                ? last.get()
                : columns(keys, imageColumns.of(event.keys()));
        out.collect(complete(deleted, changelog.kindOfDeletes(), event));
    }

    /** Returns whether DynamoDB may have made this change before the end of the copy. */
    private boolean mayPrecedeEndOfCopy(ChangeEvent event) {
        return event.epoch() != epochOfCopy || !event.origin().time().isAfter(endOfCopy);
    }

    /**
     * Returns the columns of a deleted item as it was before. Empty if the stream does not have that image,
     * or if the image does not fit. An image that does not fit never became a row. An error would not help:
     * the item is deleted, so nobody can correct it.
     */
    private Optional<GenericRowData> lastImage(ChangeEvent event) {
        if (event.before() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(columns(images, imageColumns.of(event.before())));
        } catch (ConversionException neverBecameARow) {
            return Optional.empty();
        }
    }

    /** Returns the last image as a MODIFY that changes nothing. */
    private static ChangeEvent unchanged(ChangeEvent removed) {
        return new ChangeEvent(
                removed.table(),
                Operation.MODIFY,
                new Images(removed.keys(), removed.before(), removed.before()),
                removed.origin());
    }

    /** Returns a row with its physical columns filled. */
    private GenericRowData columns(RowConverter converter, Item item) throws ConversionException {
        GenericRowData row = new GenericRowData(layout.arity());
        converter.fill(row, item.walk());
        return row;
    }

    private GenericRowData copyOf(GenericRowData row) {
        GenericRowData copy = new GenericRowData(row.getArity());
        for (int position = 0; position < row.getArity(); position++) {
            copy.setField(position, row.getField(position));
        }
        return copy;
    }

    private RowData complete(GenericRowData row, RowKind kind, ChangeEvent event) {
        row.setRowKind(kind);
        int position = layout.columns().getFieldCount();
        for (MetadataColumn column : metadata) {
            row.setField(position++, column.read(event));
        }
        return row;
    }

    private static Item image(ChangeEvent event) throws IOException {
        if (event.after() == null) {
            throw new IOException(
                    """
                    A record in the stream of table %s has no new image. Set the view type of the stream to NEW_IMAGE \
                    or NEW_AND_OLD_IMAGES."""
                            .formatted(event.table()));
        }
        return event.after();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return producedType;
    }
}
