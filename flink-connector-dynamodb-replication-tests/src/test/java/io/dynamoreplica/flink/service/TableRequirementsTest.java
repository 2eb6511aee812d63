/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.service.TableDescription.Size;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableRequirementsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    @ParameterizedTest
    @EnumSource(StartupMode.class)
    void anActiveTableWithNewImagesFitsEveryMode(StartupMode mode) {
        assertThat(unmet(mode, table("ACTIVE", on("NEW_IMAGE")))).isEmpty();
        assertThat(unmet(mode, table("UPDATING", on("NEW_AND_OLD_IMAGES")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATING", "DELETING", "ARCHIVED"})
    void aTableThatCannotBeReadIsRefused(String status) {
        assertThat(unmet(StartupMode.SNAPSHOT, table(status, Optional.empty())))
                .hasValueSatisfying(message -> assertThat(message).contains("orders", status));
    }

    @Test
    void withoutAStreamATableCanBeCopiedAndNoMore() {
        TableDescription table = table("ACTIVE", Optional.empty());

        assertThat(unmet(StartupMode.SNAPSHOT, table)).isEmpty();
        assertThat(unmet(StartupMode.INITIAL, table)).hasValueSatisfying(message -> assertThat(message)
                .contains("no stream", "= initial", "update-table")
                .contains("--table-name orders"));
    }

    @Test
    void aStreamThatIsOffIsNoStream() {
        TableStream off = new TableStream("arn", false, "");

        assertThat(unmet(StartupMode.EARLIEST_OFFSET, table("ACTIVE", Optional.of(off))))
                .hasValueSatisfying(message -> assertThat(message).contains("no stream that is on"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEYS_ONLY", "OLD_IMAGE"})
    void aStreamWithoutNewImagesIsRefused(String viewType) {
        assertThat(unmet(StartupMode.LATEST_OFFSET, table("ACTIVE", on(viewType))))
                .hasValueSatisfying(message -> assertThat(message).contains("orders", viewType, "cannot be changed"));
    }

    @Test
    void whyAStreamCannotBeFollowedAnyMoreIsSaidWithWhatIsNeededAndWhatToDo() {
        TableConfig initial = wanted(StartupMode.INITIAL);
        String command = "'aws dynamodb update-table --table-name orders --stream-specification"
                + " StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES'";

        assertThat(TableRequirements.unfitStream(initial, table("ACTIVE", on("KEYS_ONLY"))))
                .contains(
                        "DescribeTable shows why: its stream's view type is KEYS_ONLY, so the stream does not hold changed"
                                + " items, which NEW_AND_OLD_IMAGES or NEW_IMAGE does. A view type cannot be changed: disable the"
                                + " stream, then enable it by "
                                + command);
        assertThat(TableRequirements.unfitStream(initial, table("ACTIVE", Optional.empty())))
                .hasValueSatisfying(reason -> assertThat(reason).contains("no stream that is on", command));
        assertThat(TableRequirements.unfitStream(wanted(StartupMode.SNAPSHOT), table("ACTIVE", on("KEYS_ONLY"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEYS_ONLY", "OLD_IMAGE"})
    void onlyBothImagesAreEnoughForFullDeletes(String viewType) {
        TableConfig full = TableConfigs.withFullDeletes("orders", StartupMode.INITIAL);

        assertThat(TableRequirements.unfitStream(full, table("ACTIVE", on(viewType))))
                .hasValueSatisfying(reason -> assertThat(reason).contains(viewType, "which NEW_AND_OLD_IMAGES does"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INITIAL", "LATEST_OFFSET", "EARLIEST_OFFSET"})
    void fullDeletesNeedAStreamWithOldImages(StartupMode mode) {
        TableConfig full = TableConfigs.withFullDeletes("orders", mode);
        TableDescription withoutThem = table("ACTIVE", on("NEW_IMAGE"));

        assertThat(TableRequirements.unmet(full, withoutThem))
                .isEqualTo(TableRequirements.unmetDeletes(full, withoutThem))
                .contains(
                        "Table orders cannot be replicated: its stream's view type is NEW_IMAGE, so the stream does not hold"
                                + " deleted items as they were before, which 'changelog.deletes' = 'full' needs. Add"
                                + " 'changelog.deletes' = 'key' to the options of the SQL table; or disable the stream,"
                                + " then enable it by 'aws dynamodb update-table --table-name orders --stream-specification"
                                + " StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES'.");
        assertThat(TableRequirements.unfitStream(full, withoutThem)).hasValueSatisfying(reason -> assertThat(reason)
                .contains("NEW_IMAGE", "'changelog.deletes' = 'key'")
                .contains("StreamViewType=NEW_AND_OLD_IMAGES"));
        TableDescription fit = table("ACTIVE", on("NEW_AND_OLD_IMAGES"));
        assertThat(TableRequirements.unmet(full, fit)).isEmpty();
        assertThat(TableRequirements.unfitStream(full, fit)).isEmpty();
        assertThat(TableRequirements.unfitStream(wanted(mode), withoutThem))
                .as("other deletes modes do not need them")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "FULL_TABLE"})
    void aModeWithoutAStreamHasNoDeletes(StartupMode mode) {
        assertThat(TableRequirements.unmet(
                        TableConfigs.withFullDeletes("orders", mode), table("ACTIVE", on("NEW_IMAGE"))))
                .isEmpty();
    }

    @Test
    void aStreamThatIsNotYetOnIsRefused() {
        assertThat(TableRequirements.unmet(wanted(StartupMode.INITIAL), listing("ENABLED")))
                .isEmpty();
        assertThat(TableRequirements.unmet(wanted(StartupMode.INITIAL), listing("ENABLING")))
                .hasValueSatisfying(message -> assertThat(message).contains("orders", "ENABLING"));
    }

    @Test
    void theDeclaredKeyIsTheTablesInAnyOrder() {
        TableDescription table = table("ACTIVE", Optional.empty());

        assertThat(TableRequirements.unmetKeys(declared("line", "id"), table)).isEmpty();
        assertThat(TableRequirements.unmetKeys(declared(), table)).isEmpty();
        assertThat(TableRequirements.unmetKeys(declared("id", "line", "x"), table))
                .isPresent();
        assertThat(TableRequirements.unmetKeys(declared("id"), table))
                .hasValueSatisfying(message -> assertThat(message).contains("orders", "[id, line]", "[id]"))
                .isEqualTo(TableRequirements.unmet(declared("id"), table));
    }

    @Test
    void aKeyOfATypeThatDoesNotConvertToTheDeclaredOneIsRefused() {
        TableDescription table = table("ACTIVE", Optional.empty());
        DeclaredKeyColumn text = new DeclaredKeyColumn("id", "STRING", List.of("S", "N", "B"));
        DeclaredKeyColumn number = new DeclaredKeyColumn("line", "INT", List.of("N"));

        assertThat(TableRequirements.unmetKeys(declared(List.of(number, text)), table))
                .isEmpty();
        assertThat(TableRequirements.unmetKeys(
                        declared(List.of(new DeclaredKeyColumn("id", "INT", List.of("N")), number)), table))
                .contains("Table orders cannot be replicated: its key attribute 'id' has DynamoDB's type S, which does"
                        + " not convert to INT, the type of the declared column. Declare the column as STRING.");
        assertThat(TableRequirements.unmet(
                        declared(List.of(text, new DeclaredKeyColumn("line", "BYTES", List.of("B")))), table))
                .hasValueSatisfying(message ->
                        assertThat(message).contains("'line' has DynamoDB's type N", "convert to BYTES", "BIGINT"));
    }

    private static Optional<String> unmet(StartupMode mode, TableDescription table) {
        return TableRequirements.unmet(wanted(mode), table);
    }

    private static TableConfig wanted(StartupMode mode) {
        return TableConfigs.of("orders", mode);
    }

    private static TableConfig declared(String... key) {
        return TableConfigs.declaring("orders", StartupMode.SNAPSHOT, key);
    }

    private static TableConfig declared(List<DeclaredKeyColumn> key) {
        return TableConfigs.declaring("orders", StartupMode.SNAPSHOT, key);
    }

    private static Optional<TableStream> on(String viewType) {
        return Optional.of(new TableStream("arn", true, viewType));
    }

    private static ShardListing listing(String status) {
        return new ShardListing("arn", status, List.of(), NOW);
    }

    private static TableDescription table(String status, Optional<TableStream> stream) {
        return new TableDescription(
                "table-id",
                status,
                List.of(new KeyColumn("id", KeyType.S), new KeyColumn("line", KeyType.N)),
                new Size(0, 0),
                stream,
                NOW);
    }
}
