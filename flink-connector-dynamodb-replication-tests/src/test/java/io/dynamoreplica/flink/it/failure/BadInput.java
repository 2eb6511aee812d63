/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it.failure;

import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.HttpStub;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Input that cannot be replicated, and the parts of the error message that are expected for it.
 *
 * @param what for the name of the test
 * @param options of the connector
 * @param says the table, the cause, and the next step
 */
record BadInput(String what, Map<String, String> options, List<String> says) {

    @Override
    public String toString() {
        return what;
    }

    private static BadInput of(String what, URI endpoint, Map<String, String> options, String... says) {
        Map<String, String> all = new HashMap<>(DynamoDbLocalExtension.awsOptions(endpoint));
        all.putAll(options);
        return new BadInput(what, all, List.of(says));
    }

    /** Returns the inputs that DynamoDB Local rejects, or answers with something that cannot be replicated. */
    static List<BadInput> atDynamoDbLocal(URI endpoint, URI nobody) {
        return List.of(
                of(
                        "a missing table",
                        endpoint,
                        Map.of("table-name", "nowhere"),
                        "Table nowhere: it, or its stream, does not exist",
                        "Check its name"),
                of(
                        "a table without a stream",
                        endpoint,
                        Map.of("table-name", "without-stream"),
                        "Table without-stream cannot be replicated: it has no stream that is on",
                        "Enable it by 'aws dynamodb update-table --table-name without-stream"),
                of(
                        "a stream that was switched off",
                        endpoint,
                        Map.of("table-name", "off", "scan.startup.mode", "latest-offset"),
                        "Table off cannot be replicated: it has no stream that is on",
                        "Enable it by 'aws dynamodb update-table --table-name off"),
                of(
                        "a stream of keys",
                        endpoint,
                        Map.of("table-name", "keys-only"),
                        "Table keys-only cannot be replicated: its stream's view type is KEYS_ONLY",
                        "disable the stream, then enable it"),
                of(
                        "a stream of old images",
                        endpoint,
                        Map.of("table-name", "old-image", "scan.startup.mode", "earliest-offset"),
                        "Table old-image cannot be replicated: its stream's view type is OLD_IMAGE",
                        "disable the stream, then enable it"),
                of(
                        "an endpoint where nobody answers",
                        nobody,
                        Map.of("table-name", "fit", "aws.request.timeout", "2 s"),
                        "Table fit: DynamoDB was not reached",
                        "Check 'aws.region', 'aws.endpoint'"));
    }

    /** Returns the inputs whose answers DynamoDB Local never gives. */
    static List<BadInput> atStubs(List<HttpStub> stubs) {
        List<BadInput> cases = new ArrayList<>();
        for (String status : List.of("CREATING", "DELETING")) {
            HttpStub stub = working();
            stubs.add(stub.alwaysAnswer("DescribeTable", table(status)));
            cases.add(of(
                    "a table that is " + status,
                    stub.endpoint(),
                    Map.of("table-name", "orders"),
                    "Table orders cannot be replicated: its status is " + status,
                    "Start the job once the table is ACTIVE"));
        }
        HttpStub enabling = working();
        stubs.add(enabling.alwaysAnswer("DescribeStream", stream("ENABLING")));
        cases.add(of(
                "a stream that is ENABLING",
                enabling.endpoint(),
                Map.of("table-name", "orders"),
                "Table orders cannot be replicated: its stream arn:stream is ENABLING",
                "Start the job once the stream is ENABLED"));
        for (String call : List.of("DescribeTable", "DescribeStream", "GetShardIterator", "GetRecords", "Scan")) {
            HttpStub stub = working();
            stubs.add(stub.alwaysRefuse(call, 400, "AccessDeniedException"));
            cases.add(of(
                    "no permission for " + call,
                    stub.endpoint(),
                    Map.of("table-name", "orders"),
                    "Table orders: access was denied",
                    "Allow dynamodb:" + call + " on it"));
        }
        return cases;
    }

    /** Returns a stub with a table and a stream that can be replicated. */
    static HttpStub working() {
        return HttpStub.start()
                .alwaysAnswer("DescribeTable", table("ACTIVE"))
                .alwaysAnswer("DescribeStream", stream("ENABLED"))
                .alwaysAnswer("GetShardIterator", "{\"ShardIterator\":\"it\"}")
                .alwaysAnswer("GetRecords", "{\"Records\":[],\"NextShardIterator\":\"it\"}")
                .alwaysAnswer("Scan", "{\"Items\":[],\"Count\":0,\"ScannedCount\":0}");
    }

    private static String table(String status) {
        return """
        {"Table":{"TableName":"orders","TableId":"t","TableStatus":"%s",
          "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
          "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
          "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_AND_OLD_IMAGES"},
          "LatestStreamArn":"arn:stream"}}
        """
                .formatted(status);
    }

    private static String stream(String status) {
        return """
        {"StreamDescription":{"StreamStatus":"%s","Shards":[{"ShardId":"shardId-1",
          "SequenceNumberRange":{"StartingSequenceNumber":"1"}}]}}
        """
                .formatted(status);
    }
}
