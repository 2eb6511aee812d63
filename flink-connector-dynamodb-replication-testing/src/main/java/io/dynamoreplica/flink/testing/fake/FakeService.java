/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The fake's implementation of the port. Each call is logged, meets its faults, and is then
 * answered, all under the account's lock.
 */
final class FakeService implements DynamoDbService {

    private final FakeDynamoDb db;
    private boolean closed;

    FakeService(FakeDynamoDb db) {
        this.db = db;
    }

    @Override
    public Answer<List<String>> listTables() {
        synchronized (db.lock()) {
            return answer(new ServiceCall(CallKind.LIST_TABLES, "", ""), () -> Answer.ok(db.tableNames()));
        }
    }

    @Override
    public Answer<TableDescription> describeTable(String table) {
        synchronized (db.lock()) {
            return answer(new ServiceCall(CallKind.DESCRIBE_TABLE, table, ""), () -> db.find(table)
                    .map(found -> Answer.ok(found.describe()))
                    .orElseGet(() -> notFound("table " + table)));
        }
    }

    @Override
    public Answer<ShardListing> listShards(String streamArn) {
        synchronized (db.lock()) {
            String table = db.findStream(streamArn).map(FakeStream::table).orElse("");
            return answer(new ServiceCall(CallKind.LIST_SHARDS, table, ""), () -> db.findStream(streamArn)
                    .map(found -> Answer.ok(found.list()))
                    .orElseGet(() -> notFound("stream " + streamArn)));
        }
    }

    @Override
    public Answer<ScanPage> scan(ScanRequest request) {
        String table = request.split().table();
        synchronized (db.lock()) {
            db.calls().add(request);
            return answer(ServiceCall.of(request), () -> db.find(table)
                    .map(found -> db.scans().answer(found, request))
                    .orElseGet(() -> notFound("table " + table)));
        }
    }

    @Override
    public Answer<String> shardIterator(ShardKey shard, ShardPosition position) {
        synchronized (db.lock()) {
            db.calls().add(new CallLog.IteratorRequest(shard, position));
            return answer(new ServiceCall(CallKind.SHARD_ITERATOR, shard.table(), shard.shardId()), () -> find(shard)
                    .map(found -> db.reads().iterator(found, shard, position))
                    .orElseGet(() -> notFound(shard.toString())));
        }
    }

    @Override
    public Answer<ShardPage> records(ShardKey shard, String iterator) {
        synchronized (db.lock()) {
            return answer(new ServiceCall(CallKind.RECORDS, shard.table(), shard.shardId()), () -> find(shard)
                    .map(found -> db.reads().page(found, shard, iterator))
                    .orElseGet(() -> notFound(shard.toString())));
        }
    }

    @Override
    public void close() {
        synchronized (db.lock()) {
            if (!closed) {
                closed = true;
                db.serviceClosed();
            }
        }
    }

    private Optional<FakeShard> find(ShardKey shard) {
        return db.findStream(shard.streamArn()).flatMap(stream -> stream.find(shard.shardId()));
    }

    private <T> Answer<T> answer(ServiceCall call, Supplier<Answer<T>> work) {
        db.calls().add(call);
        Optional<Refusal> met = db.faults().meet(call);
        if (closed) {
            return Answer.refused(Refusal.Kind.UNAVAILABLE, "The service was closed: " + call);
        }
        return met.<Answer<T>>map(Answer.Refused::new).orElseGet(work);
    }

    private static <T> Answer<T> notFound(String what) {
        return Answer.refused(Refusal.Kind.NOT_FOUND, "Requested resource not found: " + what);
    }
}
