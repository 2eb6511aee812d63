/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.config.ExpressionAttributeNames;
import io.dynamoreplica.flink.projection.InvalidProjectionException;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.projection.RandomDocuments;
import io.dynamoreplica.flink.projection.RandomDocuments.Expression;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
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
import io.dynamoreplica.flink.testing.job.TableContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Tests of our projection against that of DynamoDB Local, with random items and expressions. */
class ProjectionIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static final int ITEMS = 200;
    private static final int EXPRESSIONS = 400;

    private static DynamoDbService service;
    private static SdkFixture fixture;

    @BeforeAll
    static void open() {
        service = new AwsDynamoDbServiceFactory().open(Configs.reaching(DYNAMODB.awsOptions()));
        fixture = new SdkFixture(service, DYNAMODB.tables());
        fixture.createTable("asked", List.of(new KeyColumn("id", KeyType.S)), Optional.empty());
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void ourPartOfAnItemIsTheOneThatDynamoDbAnswers() {
        long seed = ThreadLocalRandom.current().nextLong();
        RandomDocuments documents = new RandomDocuments(seed);
        filled("documents", documents);
        Map<String, Item> whole = scan("documents", Projection.wholeItem());
        List<String> refusedByBoth = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Expression expression = documents.expression();
            String what = "Seed " + seed + ", expression " + expression;
            if (isRefusedByDynamoDb("documents", expression)) {
                assertThatThrownBy(() -> Projection.parse(expression.text(), expression.names()))
                        .as(what)
                        .isInstanceOf(InvalidProjectionException.class);
                refusedByBoth.add(expression.text());
            } else {
                Projection ours =
                        Projection.parse(expression.text(), expression.names()).keeping(List.of("id"));
                found += assertAlike(what, whole, ours);
            }
        }
        assertThat(refusedByBoth).hasSizeBetween(EXPRESSIONS / 20, EXPRESSIONS * 3 / 4);
        assertThat(found).as("items with an attribute besides the key").isGreaterThan(EXPRESSIONS);
    }

    /** Asserts that both projections agree, and returns the number of items that had an attribute besides the key. */
    private static int assertAlike(String what, Map<String, Item> whole, Projection ours) {
        int found = 0;
        Map<String, Item> theirs = scan("documents", ours);
        assertThat(theirs.keySet()).as(what).isEqualTo(whole.keySet());
        for (Map.Entry<String, Item> item : whole.entrySet()) {
            Map<String, AttributeValue> part = ours.of(item.getValue()).materialise();
            assertThat(part)
                    .as(what + ", of " + item.getValue().materialise())
                    .isEqualTo(theirs.get(item.getKey()).materialise());
            found += part.size() > 1 ? 1 : 0;
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "aa, #b     |       | '#b' stands for no name",
                "#a.#b      | #a    | '#b' stands for no name",
                "aa         | #b    | No path uses [#b]",
                "#a         | #a #b | No path uses [#b]",
                "aa         | b     | 'b' is no placeholder",
                "\"\"         |       | It is empty",
                "\"  \"       |       | It is empty",
                "aa, bb, aa |       | 'aa' is named twice",
                "aa, #a     | #a=aa | 'aa' is named twice",
                "aa.bb, aa  |       | 'aa.bb' and 'aa' overlap",
                "aa[0], aa.b|       | 'aa[0]' and 'aa.b' conflict",
                "aa,        |       | ends where a name",
                "aa bb      |       | has 'b' as character 4",
                "aa[0       |       | ends where ']'"
            })
    void whatWeRefuseDynamoDbRefusesToo(String text, String placeholders, String reason) {
        Map<String, String> names = named(placeholders);
        assertThat(isRefusedByDynamoDb("asked", new Expression("aa, bb[0]", Map.of())))
                .isFalse();
        assertThat(isRefusedByDynamoDb("asked", new Expression(text, names))).isTrue();
        assertThatThrownBy(() -> Projection.parse(text, names))
                .isInstanceOf(InvalidProjectionException.class)
                .hasMessageContaining(reason);
    }

    /**
     * Returns the names of the placeholders. Each placeholder stands for its own name, unless it gives another one.
     */
    private static Map<String, String> named(String placeholders) {
        return placeholders == null
                ? Map.of()
                : Stream.of(placeholders.split(" "))
                        .map(each -> each.split("="))
                        .collect(Collectors.toMap(
                                each -> each[0], each -> each.length > 1 ? each[1] : "the " + each[0]));
    }

    @Test
    void theCopyAndTheStreamGiveTheSamePartOfAnItem() throws Exception {
        RandomDocuments documents = new RandomDocuments(7);
        filled("followed", documents);
        Map<String, String> names = Map.of("#d", "d.d");
        String expression = "aa.bb, bb[1], bb[0].cc, cc, #d.#d";
        Projection projection = Projection.parse(expression, names).keeping(List.of("id"));
        var expected = TableContents.byKey(
                scan("followed", projection).values().stream()
                        .map(Item::materialise)
                        .toList(),
                List.of("id"));

        for (String mode : List.of("snapshot", "earliest-offset")) {
            try (Replica replica = Replica.withHistory();
                    RunningJob job = ReplicaJob.of(FLINK, new AwsDynamoDbServiceFactory(), "followed")
                            .options(DYNAMODB.awsOptions())
                            .option("scan.startup.mode", mode)
                            .option("scan.projection-expression", expression)
                            .option("scan.expression-attribute-names", ExpressionAttributeNames.write(names))
                            .start(replica)) {
                job.until(mode + " gives what DynamoDB cut", () -> replica.holds(expected));
            }
        }
    }

    private static void filled(String table, RandomDocuments documents) {
        fixture.createTable(table, List.of(new KeyColumn("id", KeyType.S)), Optional.of("NEW_AND_OLD_IMAGES"));
        for (int i = 0; i < ITEMS; i++) {
            fixture.put(table, documents.item("k" + i));
        }
    }

    private static Map<String, Item> scan(String table, Projection projection) {
        ScanSplit segment = new ScanSplit(table, 1, 0, 1, ScanPosition.START);
        Answer<ScanPage> answer = service.scan(new ScanRequest(segment, projection, true, OptionalInt.empty()));
        assertThat(answer).isInstanceOf(Answer.Ok.class);
        ScanPage page = ((Answer.Ok<ScanPage>) answer).value();
        assertThat(page.lastEvaluatedKey()).isEmpty();
        return page.items().stream()
                .collect(Collectors.toMap(item -> item.materialise().get("id").toString(), item -> item));
    }

    /** Sends the expression as the user wrote it. */
    private static boolean isRefusedByDynamoDb(String table, Expression expression) {
        try {
            DYNAMODB.tables().scan(scan -> {
                scan.tableName(table).limit(1).projectionExpression(expression.text());
                if (!expression.names().isEmpty()) {
                    scan.expressionAttributeNames(expression.names());
                }
            });
            return false;
        } catch (DynamoDbException refused) {
            return true;
        }
    }
}
