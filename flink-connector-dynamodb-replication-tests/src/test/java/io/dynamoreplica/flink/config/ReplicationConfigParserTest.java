/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.config.ReplicationConfig.Reader;
import io.dynamoreplica.flink.config.ReplicationConfig.Scan;
import io.dynamoreplica.flink.config.ReplicationConfig.Stream;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.policy.HandOver;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationConfigParserTest {

    @Test
    void aTableNameIsEnough() {
        ReplicationConfig config = parse();

        assertThat(config.tables()).hasSize(1);
        TableConfig orders = config.table("orders");
        assertThat(orders.startup()).isEqualTo(StartupMode.INITIAL);
        assertThat(orders.projection()).isEqualTo(Projection.wholeItem());
        assertThat(orders.declaredKey()).isEmpty();
        assertThat(orders.needsOldImages()).isFalse();
        assertThat(orders.resetToken()).isEmpty();
        assertThat(orders.schedule()).isEqualTo(CopySchedule.NEVER);
        assertThat(orders.scan().segments()).isZero();
        assertThat(orders.scan().limit()).isEmpty();
        assertThat(orders.scan().consistentRead()).isTrue();
        assertThat(orders.scan().handOver()).isEqualTo(HandOver.CHECKPOINT);
        assertThat(orders.stream().pollInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(orders.stream().onGap()).isEqualTo(GapPolicy.RESNAPSHOT);
        assertThat(orders.stream().closedShardsOnly()).isFalse();
        assertThat(config.job().reader().bytesInFlight()).isEqualTo(64L << 20);
        assertThat(config.job().aws()).isEmpty();
    }

    @Test
    void everyOptionArrivesWhereItIsUsed() {
        ReplicationConfig config = parse(
                "scan.startup.mode", "latest-offset",
                "scan.reset-token", "again",
                "scan.snapshot.total-segments", "12",
                "scan.snapshot.segments-per-reader", "3",
                "scan.snapshot.page-limit", "500",
                "scan.snapshot.consistent-read", "false",
                "scan.snapshot.settle-time", "20 s",
                "scan.snapshot.hand-over", "immediate",
                "scan.stream.discovery-interval", "2 min",
                "scan.stream.poll-interval", "250 ms",
                "scan.stream.on-gap", "ignore",
                "scan.stream.closed-shards-only", "true",
                "scan.stream.balance-shards", "false",
                "scan.reader.concurrent-calls", "7",
                "scan.reader.bytes-in-flight", "16 mb",
                "aws.region", "eu-west-1");

        Scan scan = new Scan(12, 500, false, Duration.ofSeconds(20), HandOver.IMMEDIATE, 3);
        Stream stream = new Stream(Duration.ofMillis(250), GapPolicy.IGNORE, true, false);
        assertThat(config)
                .isEqualTo(new ReplicationConfig(
                        List.of(new TableConfig(
                                "orders",
                                StartupMode.LATEST_OFFSET,
                                Projection.wholeItem(),
                                List.of(),
                                false,
                                "again",
                                CopySchedule.NEVER,
                                scan,
                                stream)),
                        new JobConfig(
                                Map.of("aws.region", "eu-west-1"), Duration.ofMinutes(2), new Reader(7, 16L << 20))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table-name                        | x        | 3 to 255 letters",
                "scan.startup.mode                 | tomorrow | initial",
                "scan.snapshot.total-segments      | -1       | from 0 to 1000000",
                "scan.snapshot.total-segments      | 1000001  | from 0 to 1000000",
                "scan.snapshot.total-segments      | many     | a whole number",
                "scan.snapshot.segments-per-reader | 0        | from 1 to 1000",
                "scan.snapshot.page-limit          | -5       | from 0 to 1000000",
                "scan.snapshot.consistent-read     | perhaps  | 'true' or 'false'",
                "scan.snapshot.settle-time         | 2 h      | from 0 s to 3600 s",
                "scan.snapshot.hand-over           | later    | checkpoint",
                "scan.stream.discovery-interval    | 10 ms    | from 1 s to 3600 s",
                "scan.stream.poll-interval         | soon     | a duration such as",
                "scan.stream.poll-interval         | 15 min   | from 100 ms to 600 s",
                "scan.stream.on-gap                | shrug    | resnapshot",
                "scan.stream.closed-shards-only    | perhaps  | 'true' or 'false'",
                "scan.stream.balance-shards        | a little | 'true' or 'false'",
                "scan.reader.concurrent-calls      | 0        | from 1 to 512",
                "scan.reader.bytes-in-flight       | 1 mb     | or more",
                "scan.conversion.on-error          | ignore   | [fail, null]",
                "scan.conversion.timestamp-unit        | minutes  | [none, seconds, milliseconds]",
                "changelog.deletes                 | most     | [full, key]",
                "scan.read-changelog-as-append-only.enabled | perhaps | 'true' or 'false'",
                "aws.endpoint                      | local    | a URI with scheme and host",
                "aws.streams.endpoint              | ftp://a  | a URI with scheme and host",
                "aws.request.timeout               | 1 ms     | from 100 ms to 3600 s",
                "aws.credentials.provider          | MAGIC    | AUTO",
            })
    void aValueThatCannotBeIsRefusedWithWhatIsAllowed(String key, String value, String allowed) {
        assertRefused(key, value).hasMessageContaining(value).hasMessageContaining(allowed);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheOnesNearIt() {
        assertRefused("scan.snapshot.total-segment", "4")
                .hasMessageContaining("no option 'scan.snapshot.total-segment'")
                .hasMessageContaining("'scan.snapshot.total-segments'");
        assertRefused("aws.credentials.role.ARN", "arn:aws:iam::123456789012:role/reader")
                .hasMessageContaining("'aws.credentials.role.arn'");
    }

    @Test
    void whateverIsWrongIsSaidOfItsTable() {
        assertRefused("scan.startup.mode", "tomorrow").hasMessageStartingWith("Table orders: ");
        assertRefused("scan.reader.bytes-in-flight", "1 mb").hasMessageStartingWith("Table orders: ");
        assertRefused("aws.credentials.provider", "BASIC").hasMessageStartingWith("Table orders: ");
        assertRefused("no-such", "x").hasMessageStartingWith("Table orders: ");
    }

    @Test
    void withoutATableNothingCanBeReplicated() {
        assertThatThrownBy(() -> ReplicationConfigParser.parse(Map.of(), List.of()))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("'table-name' is not set");
        assertThatThrownBy(() -> ReplicationConfigParser.parse(List.of(), Map.of()))
                .isInstanceOf(IllegalConfigurationException.class)
                .hasMessageContaining("no table");
    }

    @Test
    void aTableNamedTwiceIsRefused() {
        TableSelection.Named orders = TableConfigs.named("orders");

        assertThatThrownBy(() -> ReplicationConfigParser.parse(List.of(orders, orders), Map.of()))
                .hasMessageContaining("orders")
                .hasMessageContaining("twice");
    }

    @Test
    void aProjectionIsAnExpressionAndItsNames() {
        ReplicationConfig config = parse(
                "scan.projection-expression", "total, #a.city, tags[0]",
                "scan.expression-attribute-names", "{\"#a\": \"home-address\"}");

        assertThat(config.tables().get(0).projection())
                .isEqualTo(Projection.parse("total, #a.city, tags[0]", Map.of("#a", "home-address")));
        assertThat(parse().tables().get(0).projection()).isEqualTo(Projection.wholeItem());
    }

    @Test
    void anInvalidProjectionIsRefusedWithItsOption() {
        assertRefused("scan.projection-expression", "m, m.a")
                .hasMessageContaining("Table orders: Option 'scan.projection-expression' has the value 'm, m.a'. 'm'"
                        + " and 'm.a' overlap");
        assertRefused("scan.projection-expression", "")
                .hasMessageContaining("Option 'scan.projection-expression'")
                .hasMessageContaining("It is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x                          | Unrecognized token 'x'",
                "[]                         | It is not a JSON object",
                "''                         | It is not a JSON object",
                "{\"#a\": 1}                | The value of '#a' is not a string",
                "{\"#a\": \"x\"             | end-of-input",
                "{\"#a\": \"x\"} {}         | There is more text after the object",
                "{\"#a\": \"x\", \"#a\": \"y\"} | Duplicate field '#a'",
            })
    void namesAreAJsonObjectOfStrings(String json, String says) {
        assertRefused("scan.expression-attribute-names", json)
                .hasMessageContaining("Table orders: Option 'scan.expression-attribute-names'")
                .hasMessageContaining(says)
                .hasMessageContaining("Allowed is a JSON object of strings");
    }

    @Test
    void namesWithoutAnExpressionAreRefused() {
        assertRefused("scan.expression-attribute-names", "{\"#a\": \"x\"}")
                .hasMessageContaining("defines [#a], and no expression uses them")
                .hasMessageContaining("Set 'scan.projection-expression' too");
    }

    @Test
    void pathsOfColumnsAreForSqlAlone() {
        assertRefused("attribute.city", "address.city").hasMessageContaining("There is no option 'attribute.city'");
    }

    @Test
    void aTableMayBeNamedByItsArn() {
        String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";

        assertThat(parse("table-name", arn).tables().get(0).table()).isEqualTo(arn);
    }

    @Test
    void secretsAreNotPrinted() {
        ReplicationConfig config = parse(
                "aws.credentials.basic.accesskeyid", "the-key",
                "aws.credentials.basic.secretkey", "the-secret");

        assertThat(config.toString()).doesNotContain("the-key", "the-secret");
        assertThat(AwsConfig.parse(config.job().aws()).toString()).doesNotContain("the-key", "the-secret");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String key, String value) {
        return assertThatThrownBy(() -> parse(key, value)).isInstanceOf(IllegalConfigurationException.class);
    }

    private static ReplicationConfig parse(String... keysAndValues) {
        Map<String, String> options = new HashMap<>(Map.of("table-name", "orders"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return ReplicationConfigParser.parse(options, List.of());
    }
}
