/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

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
import io.dynamoreplica.flink.testing.fake.Behaviour;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A service with refusals by chance, pages of any size or none, and listings that lag. */
final class UnreliableService implements DynamoDbService {

    private final DynamoDbService real;
    private final FakeDynamoDb db;
    private final Conditions conditions;
    private final RefusalStorms refusals;
    private final Function<String, Optional<WorldStream>> streams;
    private final TrimHorizon horizon;

    /**
     * @param streams by ARN
     */
    UnreliableService(
            FakeDynamoDb db,
            Conditions conditions,
            RefusalStorms refusals,
            Function<String, Optional<WorldStream>> streams) {
        this.real = db.service();
        this.db = db;
        this.conditions = conditions;
        this.refusals = refusals;
        this.streams = streams;
        this.horizon = new TrimHorizon(conditions.plan());
    }

    @Override
    public Answer<List<String>> listTables() {
        return answer(CallKind.LIST_TABLES, real::listTables);
    }

    @Override
    public Answer<TableDescription> describeTable(String table) {
        return answer(CallKind.DESCRIBE_TABLE, () -> real.describeTable(table));
    }

    @Override
    public Answer<ShardListing> listShards(String streamArn) {
        Answer<ShardListing> answer = answer(CallKind.LIST_SHARDS, () -> real.listShards(streamArn));
        if (answer instanceof Answer.Ok<ShardListing> ok) {
            return Answer.ok(streams.apply(streamArn).orElseThrow().shown(ok.value()));
        }
        return answer;
    }

    @Override
    public Answer<ScanPage> scan(ScanRequest request) {
        return answer(CallKind.SCAN, () -> real.scan(request));
    }

    @Override
    public Answer<String> shardIterator(ShardKey shard, ShardPosition position) {
        Answer<String> answer = answer(CallKind.SHARD_ITERATOR, () -> real.shardIterator(shard, position));
        if (answer instanceof Answer.Ok<String> ok && !(position instanceof ShardPosition.After)) {
            horizon.given(ok.value());
        }
        return answer;
    }

    @Override
    public Answer<ShardPage> records(ShardKey shard, String iterator) {
        if (horizon.refuses(shard, isOpen(shard), iterator, conditions.plan())) {
            return Answer.refused(Refusal.Kind.TRIMMED, "The oldest record was just trimmed");
        }
        return answer(CallKind.RECORDS, () -> real.records(shard, iterator));
    }

    private boolean isOpen(ShardKey shard) {
        return streams.apply(shard.streamArn())
                .filter(stream -> stream.isOpen(shard))
                .isPresent();
    }

    @Override
    public void close() {
        real.close();
    }

    private <T> Answer<T> answer(CallKind kind, Supplier<Answer<T>> call) {
        Optional<Refusal> refusal = refusals.refusal(kind, db.clock().instant().toEpochMilli());
        if (refusal.isPresent()) {
            return new Answer.Refused<>(refusal.get());
        }
        chooseThePage();
        return call.get();
    }

    private void chooseThePage() {
        WorldPlan.Pages pages = conditions.plan().pages();
        Behaviour behaviour = db.behaviour();
        behaviour.scanPageItems(1 + conditions.below(pages.items()));
        behaviour.recordsPerPage(1 + conditions.below(pages.records()));
        int empty = pages.empty() ? conditions.below(3) : 0;
        behaviour.emptyScanPages(empty).emptyRecordPages(empty);
    }
}
