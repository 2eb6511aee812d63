/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.junit.jupiter.api.Test;

/** The errors that the builder finds without a call to AWS. */
class DynamoDbReplicationSourceBuilderTest {

    @Test
    void aTableIsEnough() {
        assertThat(orders().build().getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
        assertThat(orders().startupMode(StartupMode.SNAPSHOT).build().getBoundedness())
                .isEqualTo(Boundedness.BOUNDED);
    }

    @Test
    void withoutATableThereIsNothingToBuild() {
        assertRefused(builder(), "'table-name' is not set", "Name the DynamoDB table");
        assertRefused(builder().table("no table's name"), "cannot be a DynamoDB table");
    }

    @Test
    void aSourceOfSeveralTablesEndsIfEachDoes() {
        DynamoDbReplicationSourceBuilder<String> ending =
                builder().startupMode(StartupMode.SNAPSHOT).table("orders").table("users");

        assertThat(ending.build().getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(ending.table("sales", sales -> sales.startupMode(StartupMode.INITIAL))
                        .build()
                        .getBoundedness())
                .isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void aTableMaySayOnceMoreThatItIsCopiedOnTheSchedule() {
        builder()
                .startupMode(StartupMode.FULL_TABLE)
                .option("scan.full-table.interval", "1 h")
                .table("orders", orders -> orders.startupMode(StartupMode.FULL_TABLE))
                .table("users", users -> users.startupMode(StartupMode.SNAPSHOT))
                .build();
    }

    @Test
    void whatIsWrongWithOneOfSeveralTablesNamesIt() {
        assertRefused(
                orders().table("users", users -> users.option("scan.stream.on-gap", "shrug")),
                "Table users: Option 'scan.stream.on-gap' has the value 'shrug'");
        assertRefused(
                orders().table("users", users -> users.projection("")),
                "Table users: Option 'scan.projection-expression'");
        assertRefused(orders().table("orders"), "named twice");
        assertRefused(
                orders().table("arn:aws:dynamodb:eu-west-1:123456789012:table/orders"),
                "may be the same table. Name it once");
        assertRefused(
                orders().table("users", users -> users.option("aws.region", "eu-west-1")),
                "Table users: [aws.region] cannot be set for one table");
        assertRefused(orders().option("table-name", "users"), "names users too", "remove the option");
    }

    @Test
    void anOptionThatOnlySqlKnowsIsRefused() {
        assertRefused(orders().option("scan.conversion.on-error", "null"), "is for SQL tables", "Remove it");
        assertRefused(
                builder().table("orders", only -> only.option("scan.conversion.timestamp-unit", "seconds")),
                "is for SQL tables");
        assertRefused(orders().option("changelog.deletes", "key"), "is for SQL tables");
    }

    @Test
    void aPathOfAColumnIsForSql() {
        assertRefused(
                orders().option("attribute.city", "address.city"),
                "Option 'attribute.city' is for SQL tables",
                "parts of items by their paths, use projection(...)");
        assertRefused(
                builder().table("orders", only -> only.option("attribute.city", "address.city")),
                "Option 'attribute.city' is for SQL tables");
    }

    @Test
    void anExceptionWithoutAPatternIsRefused() {
        assertRefused(orders().exceptTables(Pattern.compile("users")), "no pattern selects any");
        assertRefused(
                builder().option("table-name", "orders").exceptTables(Pattern.compile("users")),
                "no pattern selects any");
    }

    @Test
    void aPatternSelectsFromTheTablesThereAre() {
        try (FakeDynamoDb db = new FakeDynamoDb()) {
            db.createTable(TableSpec.named("sales_eu"));
            FakeDynamoDbServiceFactory services = db.register();

            builder().tables(Pattern.compile("sales_.*")).build(services);
            builder().allTables().build(services);
            assertThat(db.openServices()).isZero();
            assertThatThrownBy(() -> builder().tables(Pattern.compile("sale")).build(services))
                    .hasMessageContaining("No table matches 'sale'");
            db.faults().refuse(CallKind.LIST_TABLES, Refusal.Kind.DENIED);
            assertThatThrownBy(() -> builder().allTables().build(services))
                    .isInstanceOf(ReplicationException.class)
                    .hasMessageContaining("Allow dynamodb:ListTables");
        }
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheOneThatWasMeant() {
        assertRefused(
                orders().option("scan.start.mode", "snapshot"),
                "Table orders: There is no option 'scan.start.mode'",
                "The nearest options are 'scan.startup.mode'");
    }

    @Test
    void aValueThatCannotBeIsAnsweredWithThoseThatCan() {
        assertRefused(
                orders().option("scan.startup.mode", "snapshots"),
                "Table orders: Option 'scan.startup.mode' has the value 'snapshots'",
                "Allowed is one of [initial, snapshot, full-table, latest-offset, earliest-offset]");
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertRefused(
                orders().option("aws.credentials.provider", "BASIC"),
                "Table orders: Credentials of kind BASIC need the option" + " 'aws.credentials.basic.accesskeyid'",
                "Set it");
        assertRefused(
                orders().endpoint("https://dynamodb.eu-west-1.amazonaws.com"),
                "Table orders: Option 'aws.endpoint' is an endpoint of AWS",
                "Set 'aws.streams.endpoint' too");
    }

    @Test
    void anAttributeNamedTwiceIsRefused() {
        assertRefused(
                orders().attributes(List.of("id", "id")),
                "Table orders: The attributes to replicate are [id, id]",
                "'id' is named twice. Remove one");
    }

    @Test
    void noAttributesAtAllIsNoListOfThem() {
        assertThatThrownBy(() -> orders().attributes(List.of()))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("whole items, leave attributes(...) out")
                .hasMessageContaining("the key alone, name a key attribute");
        assertThatThrownBy(() -> builder().table("orders", only -> only.attributes(List.of())))
                .isInstanceOf(IllegalConfigurationException.class);
    }

    @Test
    void aProjectionIsCheckedWhenTheSourceIsBuilt() {
        orders().projection("total, #a.city", Map.of("#a", "home \"address\"")).build();

        assertRefused(
                orders().projection("total, #a.city", Map.of("#b", "x")),
                "Table orders: Option 'scan.projection-expression' has the value 'total, #a.city'",
                "'#a' stands for no name. Add it");
        assertRefused(
                orders().projection("total").attributes(List.of("id")),
                "Table orders: Both the attributes [id] and the option 'scan.projection-expression' are set",
                "remove the list");
    }

    private static DynamoDbReplicationSourceBuilder<String> orders() {
        return builder().table("orders");
    }

    private static DynamoDbReplicationSourceBuilder<String> builder() {
        return DynamoDbReplicationSource.builder(JsonChangeDeserializationSchema.plain());
    }

    private static void assertRefused(DynamoDbReplicationSourceBuilder<String> builder, String... says) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalConfigurationException.class)
                .message()
                .contains(says);
    }
}
