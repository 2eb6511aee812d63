/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.TableSelection.Matching;
import io.dynamoreplica.flink.config.TableSelection.Named;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.junit.jupiter.api.Test;

/** The selection of tables from the existing ones, and their settings. */
class TableSelectionsTest {

    private static final List<String> EXISTING = List.of("orders", "sales_eu", "sales_us", "sales_test", "users");

    private final List<TableSelection> selections = new ArrayList<>();
    private final List<Pattern> excepted = new ArrayList<>();
    private TableSettings job = TableSettings.NONE;

    @Test
    void namedTablesNeedNoListing() {
        name("orders");
        name("not-there-yet");

        assertThat(tables().needListing()).isFalse();
        assertThat(names(tables().resolve(List.of(), job))).containsExactly("orders", "not-there-yet");
    }

    @Test
    void aPatternHasToMatchTheWholeName() {
        match("sales_.");
        refused("No table matches 'sales_.'", "sales_eu", "the whole name");

        selections.clear();
        match("sales_.*");
        assertThat(names(resolved())).containsExactly("sales_eu", "sales_test", "sales_us");
    }

    @Test
    void anExceptedTableIsSelectedByNoPatternButByItsName() {
        match(".*");
        excepted.add(Pattern.compile(".*_test|users"));
        assertThat(names(resolved())).containsExactly("orders", "sales_eu", "sales_us");

        name("users");
        assertThat(names(resolved())).containsExactly("users", "orders", "sales_eu", "sales_us");
    }

    @Test
    void anExceptionWithoutAPatternIsRefused() {
        name("orders");
        excepted.add(Pattern.compile("users"));
        refused("Tables are excepted ([users])", "no pattern selects any", "remove the name");
    }

    @Test
    void anExceptionThatKeepsNothingOutIsIdle() {
        match("sales_.*");
        match("orders");
        for (String names : List.of("sales_test", "sales_tset", "users", "order", "orders")) {
            excepted.add(Pattern.compile(names));
        }

        assertThat(tables().exceptionsWithoutEffect(EXISTING))
                .extracting(Pattern::pattern)
                .containsExactly("sales_tset", "users", "order");
    }

    @Test
    void aNameDecidesBeforeAPatternAndTheFirstPatternBeforeTheNext() {
        match("sales_.*", "scan.startup.mode", "full-table");
        match(".*", "scan.startup.mode", "snapshot");
        name("sales_us", "scan.startup.mode", "latest-offset");

        assertThat(modes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "sales_us", "latest-offset",
                        "sales_eu", "full-table",
                        "sales_test", "full-table",
                        "orders", "snapshot",
                        "users", "snapshot"));
    }

    @Test
    void aPatternThatSelectsNothingIsRefusedWithTheNamesThereAre() {
        match("sale_.*");
        refused("No table matches 'sale_.*'", "orders, sales_eu", "Check the pattern");

        excepted.add(Pattern.compile("sales_.*"));
        selections.clear();
        match("sales_.*");
        refused("No table matches 'sales_.*'", "or only excepted tables do");

        List<String> many = IntStream.range(0, 30).mapToObj(i -> "table-" + i).toList();
        assertThatThrownBy(() -> tables().resolve(many, job)).hasMessageContaining("and 20 more");
        assertThatThrownBy(() -> tables().resolve(List.of(), job)).hasMessageContaining("region are: none");
    }

    @Test
    void aTableThatIsNamedByItsArnIsNotSelectedAgainByItsName() {
        name("arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
        match("orders|users");
        refused("Table orders", "may be the same table", "except the name");

        excepted.add(Pattern.compile("orders"));
        assertThat(names(resolved())).hasSize(2).endsWith("users");
    }

    @Test
    void aTableThatIsNamedByItsArnIsNotNamedAgainByItsName() {
        String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
        name("orders");
        name(arn);
        refused("Table orders is named", arn + " may be the same table", "name both by their ARNs");

        selections.clear();
        name(arn);
        name("orders", "scan.startup.mode", "snapshot");
        match("sales_.*");
        refused("Table orders is named", arn + " may be the same table");
    }

    @Test
    void tablesOfOneNameInTwoRegionsAreNamedByTheirArns() {
        name("arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
        name("arn:aws:dynamodb:us-east-1:123456789012:table/orders");
        name("rders");

        assertThat(names(resolved())).hasSize(3);
    }

    @Test
    void whatIsSetForATableReplacesWhatIsSetForTheJob() {
        job = new TableSettings(
                List.of(),
                Map.of(
                        "aws.region", "eu-west-1",
                        "scan.stream.on-gap", "fail",
                        "scan.snapshot.page-limit", "100"));
        name("orders", "scan.stream.on-gap", "ignore");
        name("users");

        assertThat(resolved().get(0).settings().options())
                .containsEntry("scan.stream.on-gap", "ignore")
                .containsEntry("scan.snapshot.page-limit", "100")
                .containsEntry("aws.region", "eu-west-1");
        assertThat(resolved().get(1).settings().options()).isEqualTo(job.options());
    }

    @Test
    void aProjectionIsReplacedAsAWhole() {
        job = new TableSettings(
                List.of(),
                Map.of(
                        "scan.projection-expression", "#a",
                        "scan.expression-attribute-names", "{\"#a\": \"total\"}"));
        name("orders", "scan.projection-expression", "city");
        selections.add(new Named("users", new TableSettings(List.of("name"), Map.of())));
        name("sales_eu");

        assertThat(resolved().get(0).settings().options())
                .containsExactly(Map.entry("scan.projection-expression", "city"));
        assertThat(resolved().get(1).settings().options()).isEmpty();
        assertThat(resolved().get(1).settings().attributes()).containsExactly("name");
        assertThat(resolved().get(2).settings().options()).isEqualTo(job.options());
    }

    @Test
    void attributesOfTheJobGiveWayToAnExpressionOfTheTable() {
        job = new TableSettings(List.of("name"), Map.of());
        name("orders", "scan.projection-expression", "city");
        name("users");

        assertThat(resolved().get(0).settings().attributes()).isEmpty();
        assertThat(resolved().get(1).settings().attributes()).containsExactly("name");
    }

    @Test
    void aScheduleIsReplacedAsAWholeAndGoesWithItsStartupMode() {
        job = new TableSettings(
                List.of(),
                Map.of(
                        "scan.startup.mode", "full-table",
                        "scan.full-table.time-of-day", "02:30",
                        "scan.full-table.time-zone", "Europe/Berlin"));
        name("orders", "scan.full-table.interval", "1 h");
        name("users", "scan.startup.mode", "initial");

        assertThat(resolved().get(0).settings().options())
                .containsOnly(
                        Map.entry("scan.startup.mode", "full-table"), Map.entry("scan.full-table.interval", "1 h"));
        assertThat(resolved().get(1).settings().options()).containsOnly(Map.entry("scan.startup.mode", "initial"));
    }

    @Test
    void aTableThatSaysFullTableItselfKeepsTheScheduleOfTheJob() {
        job = new TableSettings(
                List.of(),
                Map.of(
                        "scan.startup.mode", "full-table",
                        "scan.full-table.cron", "0 3 * * *"));
        name("orders", "scan.startup.mode", "full-table");
        name("users", "scan.startup.mode", "FULL-TABLE");
        name("sales_eu", "scan.startup.mode", "snapshot");

        assertThat(resolved().get(0).settings().options()).containsEntry("scan.full-table.cron", "0 3 * * *");
        assertThat(resolved().get(1).settings().options()).containsEntry("scan.full-table.cron", "0 3 * * *");
        assertThat(resolved().get(2).settings().options()).doesNotContainKey("scan.full-table.cron");
    }

    @Test
    void whatHoldsForTheWholeJobCannotBeSetForOneTable() {
        for (String key : List.of(
                "aws.region",
                "table-name",
                "scan.reader.concurrent-calls",
                "scan.reader.bytes-in-flight",
                "scan.stream.discovery-interval")) {
            selections.clear();
            name("orders", key, "7");
            refused("Table orders", key, "Set it for the whole source");
        }
    }

    private void name(String table, String... options) {
        selections.add(new Named(table, settings(options)));
    }

    private void match(String pattern, String... options) {
        selections.add(new Matching(Pattern.compile(pattern), settings(options)));
    }

    private static TableSettings settings(String... options) {
        return TableConfigs.named("any", options).settings();
    }

    private TableSelections tables() {
        return new TableSelections(selections, excepted);
    }

    private List<Named> resolved() {
        return tables().resolve(EXISTING, job);
    }

    private Map<String, String> modes() {
        Map<String, String> modes = new HashMap<>();
        resolved().forEach(t -> modes.put(t.name(), t.settings().options().get("scan.startup.mode")));
        return modes;
    }

    private static List<String> names(List<Named> tables) {
        return tables.stream().map(Named::name).toList();
    }

    private void refused(String... says) {
        assertThatThrownBy(this::resolved)
                .isInstanceOf(IllegalConfigurationException.class)
                .message()
                .contains(says);
    }
}
