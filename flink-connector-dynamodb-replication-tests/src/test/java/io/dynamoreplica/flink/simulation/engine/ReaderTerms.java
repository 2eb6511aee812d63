/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.policy.GapPolicy;
import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.protocol.TableRules;
import io.dynamoreplica.flink.reader.cursor.Backoff;
import io.dynamoreplica.flink.reader.cursor.KeyNames;
import io.dynamoreplica.flink.reader.cursor.ScanCursor;
import io.dynamoreplica.flink.reader.cursor.ShardCursor;
import io.dynamoreplica.flink.reader.cursor.ShardTerms;
import io.dynamoreplica.flink.reader.cursor.SplitCursor;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.ScanTerms;
import io.dynamoreplica.flink.simulation.world.World;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The settings that all readers of a job share, and the state of each attempt. */
final class ReaderTerms {

    private final JobPlan plan;
    private final World world;
    private final DynamoDbService service;
    private final Consumer<Observation> observer;
    private final KeyNames keyNames = new KeyNames();

    ReaderTerms(JobPlan plan, World world, Consumer<Observation> observer) {
        this.plan = plan;
        this.world = world;
        this.service = world.service();
        this.observer = observer;
    }

    ReaderTerms ofNewAttempt() {
        return new ReaderTerms(plan, world, observer);
    }

    SplitCursor cursorOf(ReplicationSplit split) {
        TableRules rules = plan.rules(split.table());
        if (split instanceof ScanSplit scan) {
            ScanTerms scanTerms =
                    new ScanTerms(Projection.wholeItem(), rules.scan().consistentRead(), OptionalInt.empty());
            return new ScanCursor(scan, scanTerms, keyNames, Backoff.DEFAULT);
        }
        boolean goesOn = rules.stream().onGap() == GapPolicy.IGNORE;
        ShardTerms shardTerms = new ShardTerms(plan.pollMillis(), goesOn);
        return new ShardCursor((ShardSplit) split, shardTerms, Backoff.DEFAULT);
    }

    DynamoDbService service() {
        return service;
    }

    long now() {
        return world.now();
    }

    void observe(Observation observation) {
        observer.accept(observation);
    }
}
