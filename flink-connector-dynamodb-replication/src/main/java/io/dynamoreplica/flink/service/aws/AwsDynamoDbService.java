/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;

/**
 * The service over the SDK's synchronous clients. Any number of threads may use it. If a thread is
 * interrupted, its call answers UNAVAILABLE and the thread stays interrupted.
 */
final class AwsDynamoDbService implements DynamoDbService {

    /**
     * DescribeStream is limited to 10 calls a second for the whole account. The service uses at most
     * half of them, for any number of tables and pages.
     */
    private static final Duration BETWEEN_DESCRIBE_STREAM_CALLS = Duration.ofMillis(200);

    private final AwsClients clients;
    private final CallPace describeStreamPace = new CallPace(BETWEEN_DESCRIBE_STREAM_CALLS);

    /**
     * @param clients closed with the service
     */
    AwsDynamoDbService(AwsClients clients) {
        this.clients = clients;
    }

    @Override
    public Answer<List<String>> listTables() {
        return ask("ListTables", this::everyTable);
    }

    private List<String> everyTable() {
        List<String> names = new ArrayList<>();
        for (ListTablesResponse page : clients.tables().listTablesPaginator()) {
            names.addAll(SdkAnswers.tableNames(page));
        }
        return names;
    }

    @Override
    public Answer<TableDescription> describeTable(String table) {
        return ask(
                "DescribeTable of " + table,
                () -> SdkAnswers.table(clients.tables().describeTable(call -> call.tableName(table))));
    }

    @Override
    public Answer<ShardListing> listShards(String streamArn) {
        return ask(
                "DescribeStream of " + streamArn,
                () -> new ShardPages(clients.streams(), describeStreamPace, streamArn).readAll());
    }

    @Override
    public Answer<ScanPage> scan(ScanRequest request) {
        return ask(
                "Scan of " + request.split().splitId(),
                () -> SdkAnswers.scanPage(
                        clients.tables().scan(SdkRequests.scan(request)),
                        request.projection().expression().isPresent()));
    }

    @Override
    public Answer<String> shardIterator(ShardKey shard, ShardPosition position) {
        GetShardIteratorRequest request = SdkRequests.shardIterator(shard, position);
        return ask(
                "GetShardIterator of " + named(shard),
                () -> AnswerParts.sentText(
                        clients.streams().getShardIterator(request).shardIterator(), "ShardIterator"));
    }

    @Override
    public Answer<ShardPage> records(ShardKey shard, String iterator) {
        return ask(
                "GetRecords of " + named(shard),
                () -> SdkAnswers.shardPage(clients.streams().getRecords(call -> call.shardIterator(iterator))));
    }

    private static String named(ShardKey shard) {
        return "%s, %s".formatted(shard.table(), shard.shardId());
    }

    private static <T> Answer<T> ask(String call, Supplier<T> answer) {
        try {
            return Answer.ok(answer.get());
        } catch (SdkException | CredentialsUnavailableException | UncheckedIOException e) {
            Refusal refusal = SdkErrors.refusal(call, e);
            return Answer.refused(refusal.kind(), refusal.message());
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
