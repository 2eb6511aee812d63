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
 * What a table and its stream must be for replication to begin. Rules over answers, without a call;
 * what they return is a whole message: the table, the cause, the next step.
 */
@Internal
public final class TableRequirements {

    /** UPDATING is a change of capacity or of an index, during which a table is read as ever. */
    private static final Set<String> READABLE = Set.of("ACTIVE", "UPDATING");

    private static final String NEW_IMAGE = "NEW_IMAGE";
    private static final String NEW_AND_OLD_IMAGES = "NEW_AND_OLD_IMAGES";

    /** The view types that hold the item as it was after the change. */
    private static final Set<String> WITH_NEW_IMAGE = Set.of(NEW_IMAGE, NEW_AND_OLD_IMAGES);

    private static final String HOW_TO_ENABLE = "aws dynamodb update-table --table-name %s --stream-specification"
            + " StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES";

    private TableRequirements() {}

    /** Why the table cannot be replicated; empty if it can, as far as DescribeTable tells. */
    public static Optional<String> unmet(TableConfig wanted, TableDescription table) {
        return status(wanted, table).or(() -> unmetAgain(wanted, table)).or(() -> stream(wanted, table)
                .flatMap(unmet -> refusal(wanted, unmet)));
    }

    /**
     * Of what {@link #unmet(TableConfig, TableDescription)} says, that which a changed
     * configuration can bring about for a table that was fit before.
     */
    public static Optional<String> unmetAgain(TableConfig wanted, TableDescription table) {
        return unmetKeys(wanted, table).or(() -> unmetProjection(wanted, table));
    }

    /** The keys count, and only DynamoDB knows them for sure. */
    private static Optional<String> unmetProjection(TableConfig wanted, TableDescription table) {
        try {
            if (wanted.startup().scans()) {
                wanted.projection().refuseUnfitFor(table.keyNames());
            }
            return Optional.empty();
        } catch (InvalidProjectionException unfit) {
            return refusal(
                    wanted,
                    "what is to be replicated of an item, with the key "
                            + table.keyNames()
                            + ", is no projection that DynamoDB takes",
                    unfit.getMessage() + ".");
        }
    }

    /** Why the stream cannot be read; empty if it can. Only for modes that read the stream. */
    public static Optional<String> unmet(TableConfig wanted, ShardListing listing) {
        if (listing.status().equals("ENABLED")) {
            return Optional.empty();
        }
        return refusal(
                wanted,
                "its stream " + listing.streamArn() + " is " + listing.status(),
                "Start the job once the stream is ENABLED; a stream takes some seconds to become so.");
    }

    /**
     * Why the declared key is not the table's; empty if it is, in any order and of types that the
     * table's convert to, or if none was declared.
     */
    public static Optional<String> unmetKeys(TableConfig wanted, TableDescription table) {
        List<String> keys = table.keyNames();
        List<String> declared =
                wanted.declaredKey().stream().map(DeclaredKeyColumn::name).toList();
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        if (!Set.copyOf(declared).equals(Set.copyOf(keys))) {
            return refusal(
                    wanted,
                    "its key is " + keys + ", but " + declared + " is declared",
                    "Declare exactly the table's partition key and sort key as the primary key.");
        }
        return table.keys().stream()
                .flatMap(key -> unmetKeyType(wanted, key).stream())
                .findFirst();
    }

    private static Optional<String> unmetKeyType(TableConfig wanted, KeyColumn key) {
        return wanted.declaredKey().stream()
                .filter(column -> column.name().equals(key.name()))
                .filter(column -> !column.accepts().contains(key.type().name()))
                .findFirst()
                .flatMap(column -> refusal(
                        wanted,
                        "key column '%s' is declared %s, and its key attribute is of DynamoDB's type %s, which does not convert to that"
                                .formatted(key.name(), column.type(), key.type()),
                        "Declare the column as " + typesFor(key.type()) + "."));
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
        return refusal(wanted, "its status is " + table.status(), "Start the job once the table is ACTIVE.");
    }

    /**
     * Why the records of deleted items do not hold what is asked of them; empty if they do, or if
     * the stream is off, which says nothing of the next one.
     */
    public static Optional<String> unmetDeletes(TableConfig wanted, TableDescription table) {
        return missingOldImages(wanted, table).flatMap(unmet -> refusal(wanted, unmet));
    }

    private static Optional<Unmet> missingOldImages(TableConfig wanted, TableDescription table) {
        return table.stream()
                .filter(TableStream::enabled)
                .filter(stream -> stream.viewType().equals(NEW_IMAGE))
                .filter(stream -> lacksOldImages(wanted, stream))
                .map(stream -> new Unmet(
                        "its stream's view type is NEW_IMAGE, so the stream does not hold deleted items as they"
                                + " were before, which '%s' = '%s' needs"
                                        .formatted(ChangelogDeletes.OPTION, ChangelogDeletes.FULL),
                        "Add '%s' = '%s' to the options of the SQL table"
                                        .formatted(ChangelogDeletes.OPTION, ChangelogDeletes.KEY)
                                + "; or disable the stream, then enable it by '"
                                + HOW_TO_ENABLE.formatted(wanted.table())
                                + "'."));
    }

    private static boolean lacksOldImages(TableConfig wanted, TableStream stream) {
        return wanted.startup().streams()
                && wanted.needsOldImages()
                && !stream.viewType().equals(NEW_AND_OLD_IMAGES);
    }

    /**
     * Why the stream of a table that is followed already, or is to be copied again, cannot be read:
     * what DescribeTable shows, what is needed and what to do, as whole sentences without the last
     * full stop. Empty if it can, or if the startup mode reads no stream.
     */
    public static Optional<String> unfitStream(TableConfig wanted, TableDescription table) {
        return stream(wanted, table)
                .map(unmet -> "DescribeTable shows why: " + unmet.cause() + ". " + unmet.nextStep())
                .map(text -> text.substring(0, text.length() - 1));
    }

    private static Optional<Unmet> stream(TableConfig wanted, TableDescription table) {
        if (!wanted.startup().streams()) {
            return Optional.empty();
        }
        Optional<TableStream> stream = table.stream().filter(TableStream::enabled);
        if (stream.isEmpty()) {
            return Optional.of(new Unmet(
                    "it has no stream that is on, which " + StartupMode.OPTION + " = " + wanted.startup() + " needs",
                    "Enable it by '"
                            + HOW_TO_ENABLE.formatted(wanted.table())
                            + "', or copy the table once with "
                            + StartupMode.OPTION
                            + " = "
                            + StartupMode.SNAPSHOT
                            + "."));
        }
        String viewType = stream.get().viewType();
        if (!WITH_NEW_IMAGE.contains(viewType)) {
            return Optional.of(new Unmet(
                    "its stream's view type is "
                            + viewType
                            + ", so the stream does not hold changed items, which "
                            + NEW_AND_OLD_IMAGES
                            + (wanted.needsOldImages() ? "" : " or " + NEW_IMAGE)
                            + " does",
                    "A view type cannot be changed: disable the stream, then enable it by '"
                            + HOW_TO_ENABLE.formatted(wanted.table())
                            + "'."));
        }
        return missingOldImages(wanted, table);
    }

    /** Whether a Scan of the table is answered. */
    public static boolean isReadable(TableDescription table) {
        return READABLE.contains(table.status());
    }

    /**
     * What a table or its stream is not.
     *
     * @param cause goes on from "the table cannot be replicated: "
     * @param nextStep whole sentences
     */
    private record Unmet(String cause, String nextStep) {}

    private static Optional<String> refusal(TableConfig wanted, Unmet unmet) {
        return refusal(wanted, unmet.cause(), unmet.nextStep());
    }

    private static Optional<String> refusal(TableConfig wanted, String cause, String nextStep) {
        return Optional.of("Table " + wanted.table() + " cannot be replicated: " + cause + ". " + nextStep);
    }
}
