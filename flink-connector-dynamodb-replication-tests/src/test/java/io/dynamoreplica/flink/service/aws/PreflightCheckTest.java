/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.reader.cursor.Backoff;
import io.dynamoreplica.flink.reader.cursor.KeyNames;
import io.dynamoreplica.flink.reader.cursor.ScanCursor;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.PreflightCheck;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.ScanTerms;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.HttpStub;
import io.dynamoreplica.flink.testing.HttpStub.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the errors of the check if DynamoDB denies access, call by call. */
@Timeout(60)
class PreflightCheckTest {

    private static final TableConfig ORDERS = TableConfigs.of("orders", StartupMode.INITIAL);

    private static final String TABLE =
            """
            {"Table":{"TableName":"orders","TableId":"t","TableStatus":"ACTIVE",
              "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
              "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
              "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},
              "LatestStreamArn":"arn:stream"}}
            """;
    private static final String SHARDS =
            """
            {"StreamDescription":{"StreamStatus":"ENABLED","Shards":[{"ShardId":"shardId-1",
              "SequenceNumberRange":{"StartingSequenceNumber":"1"}}]}}
            """;
    private static final String ITERATOR = "{\"ShardIterator\":\"it\"}";
    private static final String RECORDS = "{\"Records\":[],\"NextShardIterator\":\"it\"}";
    private static final String ITEMS = "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}";

    @RegisterExtension
    final StubbedService stubbed = new StubbedService();

    private final HttpStub stub = stubbed.stub();
    private final DynamoDbService service = stubbed.service();

    @Test
    void everyCallThatTheJobWillMakeIsTried() {
        stub.thenAnswer(TABLE).thenAnswer(SHARDS).thenAnswer(ITERATOR).thenAnswer(RECORDS);
        stub.thenAnswer(ITEMS);

        new PreflightCheck(service).run(ORDERS);

        assertThat(stub.requests())
                .extracting(Request::target)
                .containsExactly(
                        "DynamoDB_20120810.DescribeTable",
                        "DynamoDBStreams_20120810.DescribeStream",
                        "DynamoDBStreams_20120810.GetShardIterator",
                        "DynamoDBStreams_20120810.GetRecords",
                        "DynamoDB_20120810.Scan");
    }

    /**
     * Only the number of items differs. With another request, the check could succeed and the job's request could
     * be refused later.
     */
    @Test
    void theScanThatIsTriedIsTheOneThatTheJobSends() {
        stub.alwaysAnswer("DescribeTable", TABLE).alwaysAnswer("Scan", ITEMS);
        TableConfig wide = ReplicationConfigParser.parse(
                        Map.of(
                                "table-name",
                                "orders",
                                "scan.startup.mode",
                                "snapshot",
                                "scan.snapshot.total-segments",
                                "7",
                                "scan.snapshot.page-limit",
                                "50",
                                "scan.projection-expression",
                                "total, address.city"),
                        List.of())
                .tables()
                .get(0);

        new PreflightCheck(service).run(wide);
        ScanSplit first = new ScanSplit("orders", 1, 0, 7, ScanPosition.START);
        KeyNames keys = new KeyNames();
        ScanCursor cursor = new ScanCursor(first, ScanTerms.of(wide), keys, Backoff.DEFAULT);
        cursor.answered(cursor.call(0).on(service), 0);
        cursor.call(0).on(service);

        assertThat(stub.requests()).hasSize(4);
        assertThat(stub.requests().get(1).body())
                .contains("\"Limit\":1", "\"ConsistentRead\":true", "\"TotalSegments\":7")
                .isEqualTo(stub.requests().get(3).body().replace("\"Limit\":50", "\"Limit\":1"));
    }

    @Test
    void aMissingPermissionIsNamedForEachCall() {
        assertDenied("dynamodb:DescribeTable");
        assertDenied("dynamodb:DescribeStream", TABLE);
        assertDenied("dynamodb:GetShardIterator", TABLE, SHARDS);
        assertDenied("dynamodb:GetRecords", TABLE, SHARDS, ITERATOR);
        assertDenied("dynamodb:Scan", TABLE, SHARDS, ITERATOR, RECORDS);
    }

    @Test
    void whatAJobCopesWithIsNoReasonToRefuse() {
        stub.thenAnswer(TABLE).thenAnswer(SHARDS).thenAnswer(ITERATOR);
        stub.thenRefuse(400, "TrimmedDataAccessException");
        stub.thenRefuse(400, "ProvisionedThroughputExceededException");

        assertThatCode(() -> new PreflightCheck(service).run(ORDERS)).doesNotThrowAnyException();
    }

    @Test
    void aCallThatIsNeverAnsweredIsReasonToRefuse() {
        stub.thenAnswer(TABLE).thenAnswer(SHARDS).thenAnswer(ITERATOR).thenAnswer(RECORDS);
        stub.thenRefuse(400, "ValidationException");

        assertThatThrownBy(() -> new PreflightCheck(service).run(ORDERS))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("Table orders")
                .hasMessageContaining("never answer dynamodb:Scan")
                .hasMessageContaining("Check the table's name, the attributes to replicate");
    }

    @Test
    void aServiceThatIsNotReachedIsNamedAsSuch() {
        stub.close();

        assertThatThrownBy(() -> new PreflightCheck(service).run(ORDERS))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("Table orders")
                .hasMessageContaining("not reached")
                .hasMessageContaining("'aws.endpoint'");
    }

    private static void assertDenied(String action, String... answersBefore) {
        try (HttpStub denying = HttpStub.start();
                DynamoDbService denied = new AwsDynamoDbServiceFactory()
                        .open(Configs.reaching(DynamoDbLocalExtension.awsOptions(denying.endpoint())))) {
            for (String answer : answersBefore) {
                denying.thenAnswer(answer);
            }
            denying.thenRefuse(400, "AccessDeniedException");

            assertThatThrownBy(() -> new PreflightCheck(denied).run(ORDERS))
                    .isInstanceOf(ReplicationException.class)
                    .hasMessageContaining("Table orders")
                    .hasMessageContaining("Allow " + action + " on it");
        }
    }
}
