/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * DynamoDB's answers to the readers of one job. They are kept because a job does not show which shards it reads,
 * and renews an iterator without a log line. Tasks find this object by its id.
 */
final class SeenAnswers implements AutoCloseable {

    private static final Map<String, SeenAnswers> SEEN = new ConcurrentHashMap<>();

    /** The enumerator opens its service before any reader is deployed. */
    private static final int ENUMERATORS = 1;

    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<String> shardsRead = ConcurrentHashMap.newKeySet();
    private final Map<Refusal.Kind, Long> refusals = new EnumMap<>(Refusal.Kind.class);

    SeenAnswers() {
        SEEN.put(id, this);
    }

    DynamoDbServiceFactory to(DynamoDbServiceFactory services) {
        return new Watched(id, services);
    }

    /** Returns the number of shards from which records were read. */
    int shardsRead() {
        return shardsRead.size();
    }

    /** Returns the number of GetRecords calls that were refused in this way. */
    synchronized long refused(Refusal.Kind kind) {
        return refusals.getOrDefault(kind, 0L);
    }

    @Override
    public synchronized String toString() {
        return shardsRead.size() + " shards read, refused " + refusals;
    }

    @Override
    public void close() {
        SEEN.remove(id);
    }

    private DynamoDbService watching(DynamoDbService service) {
        return opened.incrementAndGet() > ENUMERATORS ? new WatchedService(this, service) : service;
    }

    private void saw(ShardKey shard, Answer<ShardPage> answer) {
        if (answer instanceof Answer.Refused<ShardPage> refused) {
            count(refused.refusal().kind());
        } else if (answer instanceof Answer.Ok<ShardPage> page
                && !page.value().records().isEmpty()) {
            shardsRead.add(shard.shardId());
        }
    }

    private synchronized void count(Refusal.Kind kind) {
        refusals.merge(kind, 1L, Long::sum);
    }

    private record Watched(String seen, DynamoDbServiceFactory services) implements DynamoDbServiceFactory {
        @Override
        public DynamoDbService open(JobConfig job) {
            return SEEN.get(seen).watching(services.open(job));
        }
    }

    private record WatchedService(SeenAnswers seen, DynamoDbService service) implements DynamoDbService {
        @Override
        public Answer<List<String>> listTables() {
            return service.listTables();
        }

        @Override
        public Answer<TableDescription> describeTable(String table) {
            return service.describeTable(table);
        }

        @Override
        public Answer<ShardListing> listShards(String streamArn) {
            return service.listShards(streamArn);
        }

        @Override
        public Answer<ScanPage> scan(ScanRequest request) {
            return service.scan(request);
        }

        @Override
        public Answer<String> shardIterator(ShardKey shard, ShardPosition position) {
            return service.shardIterator(shard, position);
        }

        @Override
        public Answer<ShardPage> records(ShardKey shard, String iterator) {
            Answer<ShardPage> answer = service.records(shard, iterator);
            seen.saw(shard, answer);
            return answer;
        }

        @Override
        public void close() {
            service.close();
        }
    }
}
