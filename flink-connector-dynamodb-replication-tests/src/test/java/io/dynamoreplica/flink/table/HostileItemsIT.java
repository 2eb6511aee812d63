/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.HostileItems;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.json.JsonForm;
import io.dynamoreplica.flink.change.json.PlainJson;
import io.dynamoreplica.flink.service.aws.SdkItems;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Unusual items that DynamoDB accepts, read by SQL from the Scan and from the stream. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileItemsIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final String TABLE = "hostile";
    private static final String KEY_ALONE = "{\"id\":\"texts\"}";

    @BeforeAll
    static void fill() {
        DYNAMODB.tables().createTable(table -> table.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(id -> id.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(key -> key.attributeName("id").keyType(KeyType.HASH))
                .streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                        .build()));
        for (Map<String, AttributeValue> item : HostileItems.all().values()) {
            put(item);
        }
    }

    @Test
    void everyItemArrivesWholeByScan() throws Exception {
        Map<String, Row> rows = byId(snapshot("id STRING, item STRING METADATA", ""));

        assertThat(rows.keySet()).isEqualTo(HostileItems.all().keySet());
        for (Row row : rows.values()) {
            assertItem((String) row.getField("id"), (String) row.getField("item"));
        }
    }

    @Test
    void andByTheStreamWithTheOldImageAndTheDelete() throws Exception {
        Map<String, AttributeValue> key = Map.of("id", new S("texts"));
        put(key);
        DYNAMODB.tables().deleteItem(delete -> delete.tableName(TABLE).key(SdkItems.entries(key)));
        put(HostileItems.all().get("texts"));
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        declare(
                tables,
                """
                id STRING,
                item STRING METADATA,
                old_item STRING METADATA FROM 'old-item',
                shard STRING METADATA FROM 'shard-id',
                scanned BOOLEAN METADATA FROM 'snapshot',
                expired BOOLEAN METADATA FROM 'ttl-deleted',
                changed_at TIMESTAMP_LTZ(3) METADATA FROM 'event-time',
                epoch BIGINT METADATA,
                PRIMARY KEY (id) NOT ENFORCED""",
                "'scan.startup.mode' = 'earliest-offset', ");

        List<Row> changes = changesUntilTextsAreBack(tables);

        assertThat(changes)
                .allMatch(change -> ((String) change.getField("shard")).startsWith("shardId-"))
                .allMatch(change -> change.getField("scanned").equals(false))
                .allMatch(change -> change.getField("expired").equals(false))
                .allMatch(change -> change.getField("changed_at") != null)
                .allMatch(change -> change.getField("epoch") != null);
        for (Row change : changes) {
            if (change.getKind() == RowKind.DELETE) {
                assertThat(change.getField("old_item")).isEqualTo(KEY_ALONE);
            } else if (KEY_ALONE.equals(change.getField("old_item"))) {
                assertThat(change.getField("item")).as("before its delete").isEqualTo(KEY_ALONE);
            } else if (KEY_ALONE.equals(change.getField("item"))) {
                assertItem("texts", (String) change.getField("old_item"));
            } else {
                assertItem((String) change.getField("id"), (String) change.getField("item"));
            }
        }
        assertThat(changes).anyMatch(change -> KEY_ALONE.equals(change.getField("item")));
        assertThat(byId(changes).keySet()).isEqualTo(HostileItems.all().keySet());
    }

    /** Puts the item {@code texts}, puts it again, deletes it and puts it once more, after all other items. */
    private static List<Row> changesUntilTextsAreBack(TableEnvironment tables) throws Exception {
        List<Row> changes = new ArrayList<>();
        try (CloseableIterator<Row> stream =
                tables.executeSql("SELECT * FROM " + TABLE).collect()) {
            boolean deleted = false;
            while (true) {
                Row change = stream.next();
                changes.add(change);
                if (change.getKind() == RowKind.DELETE) {
                    assertThat(change.getField("id")).isEqualTo("texts");
                    deleted = true;
                } else if (deleted && change.getField("id").equals("texts")) {
                    return changes;
                }
            }
        }
    }

    @Test
    void whatDoesNotFitFailsTheJobAtOnceWhateverItsRestartStrategy() {
        assertThatThrownBy(() -> snapshot("id STRING, most BIGINT", ""))
                .hasStackTraceContaining(
                        "An item of table hostile does not fit its declaration in SQL. Attribute 'most' of type N is")
                .hasStackTraceContaining("{\"id\":{\"S\":\"numbers\"}}")
                .hasStackTraceContaining("not recoverable");
    }

    @Test
    void whatFitsItsColumnIsExactAndTheRestIsNullWhereTheUserSaysSo() throws Exception {
        Map<String, Row> rows = byId(snapshot(
                """
                                id STRING, a STRING, negative DECIMAL(38, 38), most DOUBLE,
                                least STRING, tiny DECIMAL(38, 38), zero DOUBLE, `a.b` MAP<STRING, INT>,
                                `bytes` BYTES, nulls ARRAY<MAP<STRING, INT>>""",
                ", 'scan.conversion.on-error' = 'null'"));

        Row numbers = rows.get("numbers");
        assertThat(numbers.getField("a")).isEqualTo("12345678901234567890123456789012345678");
        assertThat(numbers.getField("negative")).isEqualTo(new BigDecimal("-0.12345678901234567890123456789012345678"));
        assertThat(numbers.getField("most")).isEqualTo(9.9999999999999999999999999999999999999E+125);
        assertThat(new BigDecimal((String) numbers.getField("least")))
                .isEqualByComparingTo("-9.9999999999999999999999999999999999999E+125");
        assertThat(numbers.getField("tiny")).as("1E-130 fits no DECIMAL").isNull();
        assertThat(numbers.getField("zero")).isEqualTo(0.0);
        assertThat(rows.get("texts").getField("a"))
                .isEqualTo(((S) HostileItems.all().get("texts").get("a")).value());
        assertThat(rows.get("names").getField("a.b")).isEqualTo(Map.of("a.b", 1));
        assertThat(rows.get("empty").getField("a")).isEqualTo("");
        assertThat((byte[]) rows.get("empty").getField("bytes")).isEmpty();
        assertThat((Object[]) rows.get("empty").getField("nulls")).hasSize(2).startsWith((Object) null);
        assertThat((String) rows.get("large").getField("a")).hasSize(409_000);
        assertThat(rows.get("a BOOL").getField("a")).isEqualTo("true");
        assertThat(rows.get("a NULL").getField("a")).isNull();
        assertThat(rows.get("a M").getField("a")).isEqualTo("{\"a\":1}");
    }

    private static void assertItem(String id, String json) throws Exception {
        Map<String, AttributeValue> written = HostileItems.all().get(id);
        if (id.equals("numbers")) {
            assertThat(((Map<?, ?>) PlainJson.parse(json)).get("a"))
                    .isEqualTo("VALUE_NUMBER_INT 12345678901234567890123456789012345678");
            return;
        }
        assertThat(PlainJson.parse(json)).as(id).isEqualTo(PlainJson.parse(JsonForm.PLAIN.textOf(MapItem.of(written))));
    }

    private static Map<String, Row> byId(List<Row> rows) {
        Map<String, Row> byId = new HashMap<>();
        rows.forEach(row -> byId.put((String) row.getField("id"), row));
        return byId;
    }

    private static List<Row> snapshot(String columns, String options) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
        declare(tables, columns, "'scan.startup.mode' = 'snapshot'" + options + ", ");
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> result =
                tables.executeSql("SELECT * FROM " + TABLE).collect()) {
            result.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static void declare(TableEnvironment tables, String columns, String options) {
        tables.getConfig().set("parallelism.default", "1");
        // A job that restarts again and again would never end here.
        tables.getConfig().set("restart-strategy.type", "fixed-delay");
        tables.getConfig().set("restart-strategy.fixed-delay.attempts", "1000000");
        tables.getConfig().set("restart-strategy.fixed-delay.delay", "1 s");
        String aws = DYNAMODB.awsOptions().entrySet().stream()
                .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
        tables.executeSql("CREATE TABLE %s (%s) WITH ('connector' = 'dynamodb-replication', 'table-name' = '%s', %s%s)"
                .formatted(TABLE, columns, TABLE, options, aws));
    }

    private static void put(Map<String, AttributeValue> item) {
        DYNAMODB.tables().putItem(put -> put.tableName(TABLE).item(SdkItems.entries(item)));
    }
}
