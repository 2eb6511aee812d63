/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.config.ChangelogDeletes;
import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.InvalidProjectionException;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * The requirements on a table and its stream for replication to start. The rules look at answers and
 * make no call. They return a whole message: the table, the cause, the next step.
 */
@Internal
public final class TableRequirements {

    /** UPDATING is a change of capacity or of an index; the table can be read as usual meanwhile. */
    private static final Set<String> READABLE = Set.of("ACTIVE", "UPDATING");

    private static final String NEW_IMAGE = "NEW_IMAGE";
    private static final String NEW_AND_OLD_IMAGES = "NEW_AND_OLD_IMAGES";

    /** The view types with the item as it was after the change. */
    private static final Set<String> WITH_NEW_IMAGE = Set.of(NEW_IMAGE, NEW_AND_OLD_IMAGES);

    private static final String HOW_TO_ENABLE =
            """
            aws dynamodb update-table --table-name %s --stream-specification \
            StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES""";

    private TableRequirements() {}

    /** Returns why the table cannot be replicated; empty if it can, as far as DescribeTable shows. */
    public static Optional<String> unmet(TableConfig wanted, TableDescription table) {
        return status(wanted, table)
                .or(() -> unmetAgain(wanted, table))
                .or(() -> message(wanted, stream(wanted, table)));
    }

    /**
     * Returns the same as {@link #unmet(TableConfig, TableDescription)}, but checks only the
     * requirements that a changed configuration can violate for a table that met them before.
     */
    public static Optional<String> unmetAgain(TableConfig wanted, TableDescription table) {
        return unmetKeys(wanted, table).or(() -> unmetProjection(wanted, table));
    }

    /** Checks the projection with the keys, which only DynamoDB knows reliably. */
    private static Optional<String> unmetProjection(TableConfig wanted, TableDescription table) {
        try {
            if (wanted.startup().scans()) {
                wanted.projection().refuseUnfitFor(table.keyNames());
            }
            return Optional.empty();
        } catch (InvalidProjectionException unfit) {
            return message(
                    wanted,
                    "the attributes to replicate, together with the key %s, are no projection that DynamoDB accepts"
                            .formatted(table.keyNames()),
                    unfit.getMessage() + ".");
        }
    }

    /** Returns why the stream cannot be read; empty if it can. Only for modes that read the stream. */
    public static Optional<String> unmet(TableConfig wanted, ShardListing listing) {
        if (listing.status().equals("ENABLED")) {
            return Optional.empty();
        }
        return message(
                wanted,
                "its stream %s is %s".formatted(listing.streamArn(), listing.status()),
                "Start the job once the stream is ENABLED; a stream takes some seconds to become so.");
    }

    /**
     * Returns why the declared key is not the table's key. Empty if it is, in any order and with types
     * to which the table's types convert, or if no key was declared.
     */
    public static Optional<String> unmetKeys(TableConfig wanted, TableDescription table) {
        List<String> keys = table.keyNames();
        List<String> declared =
                wanted.declaredKey().stream().map(DeclaredKeyColumn::name).toList();
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        if (!Set.copyOf(declared).equals(Set.copyOf(keys))) {
            return message(
                    wanted,
                    "its key is %s, but %s is declared".formatted(keys, declared),
                    "Declare exactly the table's partition key and sort key as the primary key.");
        }
        return table.keys().stream()
                .flatMap(key -> unmetKeyType(wanted, key).stream())
                .findFirst();
    }

    private static Optional<String> unmetKeyType(TableConfig wanted, KeyColumn key) {
        for (DeclaredKeyColumn column : wanted.declaredKey()) {
            boolean isOfKey = column.name().equals(key.name());
            if (isOfKey && !column.accepts().contains(key.type().name())) {
                String cause =
                        """
                        its key attribute '%s' has DynamoDB's type %s, which does not convert to %s, the type of the \
                        declared column"""
                                .formatted(key.name(), key.type(), column.type());
                return message(wanted, cause, "Declare the column as %s.".formatted(typesFor(key.type())));
            }
        }
        return Optional.empty();
    }

    private static String typesFor(KeyType type) {
        return switch (type) {
            case S -> "STRING";
            case N -> "BIGINT or DECIMAL(38, s), or as STRING";
            case B -> "BYTES, or as STRING for its Base64";
        };
    }

    private static Optional<String> status(TableConfig wanted, TableDescription table) {
        if (isReadable(table)) {
            return Optional.empty();
        }
        return message(wanted, "its status is %s".formatted(table.status()), "Start the job once the table is ACTIVE.");
    }

    /**
     * Returns why the records of deleted items lack the attributes that the configuration needs. Empty
     * if they have them, or if the stream is off: the next stream can have another view type.
     */
    public static Optional<String> unmetDeletes(TableConfig wanted, TableDescription table) {
        return message(wanted, missingOldImages(wanted, table));
    }

    private static Optional<Unmet> missingOldImages(TableConfig wanted, TableDescription table) {
        return table.stream()
                .filter(TableStream::enabled)
                .filter(stream -> stream.viewType().equals(NEW_IMAGE))
                .filter(stream -> lacksOldImages(wanted, stream))
                .map(stream -> oldImagesNeeded(wanted));
    }

    private static Unmet oldImagesNeeded(TableConfig wanted) {
        String cause =
                """
                its stream's view type is NEW_IMAGE, so the stream does not hold deleted items as they were before, \
                which '%s' = '%s' needs"""
                        .formatted(ChangelogDeletes.OPTION, ChangelogDeletes.FULL);
        String nextStep =
                """
                Add '%s' = '%s' to the options of the SQL table; or disable the stream, then enable it by '%s'."""
                        .formatted(ChangelogDeletes.OPTION, ChangelogDeletes.KEY, howToEnable(wanted));
        return new Unmet(cause, nextStep);
    }

    private static String howToEnable(TableConfig wanted) {
        return HOW_TO_ENABLE.formatted(wanted.table());
    }

    private static boolean lacksOldImages(TableConfig wanted, TableStream stream) {
        return wanted.startup().streams()
                && wanted.needsOldImages()
                && !stream.viewType().equals(NEW_AND_OLD_IMAGES);
    }

    /**
     * Returns why the stream of a table cannot be read, for a table whose stream was read already or
     * that has to be copied again: what DescribeTable shows, what is needed and what to do, as whole
     * sentences without the last full stop. Empty if the stream can be read, or if the startup mode
     * reads no stream.
     */
    public static Optional<String> unfitStream(TableConfig wanted, TableDescription table) {
        return stream(wanted, table)
                .map(unmet -> "DescribeTable shows why: %s. %s".formatted(unmet.cause(), unmet.nextStep()))
                .map(text -> text.substring(0, text.length() - 1));
    }

    private static Optional<Unmet> stream(TableConfig wanted, TableDescription table) {
        if (!wanted.startup().streams()) {
            return Optional.empty();
        }
        Optional<TableStream> stream = table.stream().filter(TableStream::enabled);
        if (stream.isEmpty()) {
            return Optional.of(new Unmet(
                    "it has no stream that is on, which %s = %s needs".formatted(StartupMode.OPTION, wanted.startup()),
                    "Enable it by '%s', or copy the table once with %s = %s."
                            .formatted(howToEnable(wanted), StartupMode.OPTION, StartupMode.SNAPSHOT)));
        }
        String viewType = stream.get().viewType();
        if (!WITH_NEW_IMAGE.contains(viewType)) {
            String fit = wanted.needsOldImages() ? NEW_AND_OLD_IMAGES : NEW_AND_OLD_IMAGES + " or " + NEW_IMAGE;
            return Optional.of(new Unmet(
                    "its stream's view type is %s, so the stream does not hold changed items, which %s does"
                            .formatted(viewType, fit),
                    "A view type cannot be changed: disable the stream, then enable it by '%s'."
                            .formatted(howToEnable(wanted))));
        }
        return missingOldImages(wanted, table);
    }

    /** Returns whether DynamoDB answers a Scan of the table. */
    public static boolean isReadable(TableDescription table) {
        return READABLE.contains(table.status());
    }

    /**
     * A requirement that a table or its stream does not meet.
     *
     * @param cause continues "the table cannot be replicated: "
     * @param nextStep whole sentences
     */
    private record Unmet(String cause, String nextStep) {}

    private static Optional<String> message(TableConfig wanted, Optional<Unmet> unmet) {
        return unmet.flatMap(found -> message(wanted, found.cause(), found.nextStep()));
    }

    private static Optional<String> message(TableConfig wanted, String cause, String nextStep) {
        return Optional.of("Table %s cannot be replicated: %s. %s".formatted(wanted.table(), cause, nextStep));
    }
}
