/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.json.JsonChangeDeserializationSchema;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Tests of long expressions: our checks against the answers of DynamoDB Local. */
class ExpressionLengthIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final String TABLE = "wide";
    private static final List<String> KEYS = List.of("partition", "sort");

    private static DynamoDbService service;

    @BeforeAll
    static void open() {
        service = new AwsDynamoDbServiceFactory().open(Configs.reaching(DYNAMODB.awsOptions()));
        SdkFixture fixture = new SdkFixture(service, DYNAMODB.tables());
        fixture.createTable(
                TABLE,
                List.of(new KeyColumn("partition", KeyType.S), new KeyColumn("sort", KeyType.N)),
                Optional.of("NEW_AND_OLD_IMAGES"));
        fixture.put(
                TABLE,
                Map.of(
                        "partition", new AttributeValue.S("p"),
                        "sort", new AttributeValue.N("1"),
                        "list", new AttributeValue.L(List.of(new AttributeValue.S("first")))));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void dynamoDbTakes4096CharactersAndNotOneMore() {
        assertThat(refusalOf(exactly(4096))).isEmpty();
        assertThat(refusalOf(exactly(4097)))
                .hasValueSatisfying(said -> assertThat(said).contains("Expression size has exceeded"));
    }

    /** Therefore such a name is sent without a placeholder. */
    @Test
    void ofOneAndTwoLettersOnlyTheKnownWordsAreReserved() {
        List<String> letters =
                IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
        for (String form : List.of("lower", "UPPER")) {
            String names = Stream.concat(letters.stream(), letters.stream().flatMap(a -> letters.stream()
                            .map(b -> a + b)))
                    .map(name -> form.equals("UPPER") ? name.toUpperCase() : name)
                    .collect(Collectors.joining(","));

            Projection all = Projection.parse(names, Map.of());

            assertThat(all.expression().orElseThrow().attributeNames()).hasSize(13);
            assertThat(scan(all)).isInstanceOf(Answer.Ok.class);
        }
        for (String reserved : List.of("as", "at", "by", "do", "go", "if", "in", "is", "no", "of", "on", "or", "to")) {
            assertThat(refusalOf(reserved))
                    .hasValueSatisfying(said -> assertThat(said).contains("Invalid ProjectionExpression"));
        }
    }

    /** The check once accepted each of these, and DynamoDB refused it when the job sent it. */
    @Test
    void whatThePreflightAcceptsTheJobCanSend() throws Exception {
        String expression = numbered("attribute", 34) + "," + elements("list", 500);
        source(expression).preflight();

        try (Replica replica = Replica.withHistory();
                RunningJob job = ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), TABLE)
                        .options(DYNAMODB.awsOptions())
                        .option("scan.startup.mode", "snapshot")
                        .option("scan.projection-expression", expression)
                        .start(replica)) {
            job.awaitFinished();
            assertThat(replica.size()).isEqualTo(1);
        }
    }

    @Test
    void nearTheLimitThePreflightSaysWhatDynamoDbSaysOfTheRequestOfTheJob() {
        int taken = 0;
        for (int length = 4080; length <= 4096; length++) {
            String expression = exactly(length);
            if (scan(Projection.parse(expression, Map.of()).keeping(KEYS)) instanceof Answer.Ok) {
                taken++;
                assertThatCode(() -> source(expression).preflight()).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> source(expression).preflight())
                        .isInstanceOf(ReplicationException.class)
                        .hasMessageContaining("Table wide cannot be replicated")
                        .hasMessageContaining("with the key [partition, sort]")
                        .hasMessageContaining("DynamoDB takes 4096");
            }
        }
        assertThat(taken).isEqualTo(11);
    }

    private static DynamoDbReplicationSource<String> source(String expression) {
        var builder = DynamoDbReplicationSource.builder(JsonChangeDeserializationSchema.plain())
                .table(TABLE)
                .startupMode(StartupMode.SNAPSHOT)
                .projection(expression);
        DYNAMODB.awsOptions().forEach(builder::option);
        return builder.build();
    }

    private static Answer<ScanPage> scan(Projection projection) {
        ScanSplit segment = new ScanSplit(TABLE, 1, 0, 1, ScanPosition.START);
        return service.scan(new ScanRequest(segment, projection, true, OptionalInt.empty()));
    }

    /** Returns DynamoDB's error for the text; empty if it accepts the text. */
    private static Optional<String> refusalOf(String text) {
        try {
            DYNAMODB.tables().scan(scan -> scan.tableName(TABLE).projectionExpression(text));
            return Optional.empty();
        } catch (DynamoDbException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /** Returns elements of lists; the last has enough digits to reach the length. */
    private static String exactly(int length) {
        StringBuilder text = new StringBuilder(elements("a", 590));
        for (int element = 0; length - text.length() > 12; element++) {
            text.append(",b[").append(element).append(']');
        }
        int left = length - text.length() - ",c[]".length();
        return text.append(",c[").append("1".repeat(left)).append(']').toString();
    }

    private static String elements(String list, int number) {
        return IntStream.range(0, number).mapToObj(i -> list + "[" + i + "]").collect(Collectors.joining(","));
    }

    private static String numbered(String name, int number) {
        return IntStream.range(0, number).mapToObj(i -> name + i).collect(Collectors.joining(","));
    }
}
