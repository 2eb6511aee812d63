/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.Items;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A DynamoDB account in virtual time that misbehaves as dice decide. Its clock stands still until
 * {@link #pass} moves it. One thread.
 */
public final class World {

    private final Random dice;
    private final WorldPlan plan;
    private final FakeDynamoDb db = new FakeDynamoDb();
    private final Truth truth = new Truth();
    private final List<String> tables = new ArrayList<>();
    private long versions;

    public World(Random dice, WorldPlan plan) {
        this.dice = dice;
        this.plan = plan;
        db.behaviour().scanPageItems(plan.pages().items()).recordsPerPage(plan.pages().records());
        for (int i = 0; i < plan.tables().count(); i++) {
            String table = i == 0 ? "orders" : "orders-" + i;
            db.createTable(TableSpec.named(table).withShards(plan.tables().shards()));
            tables.add(table);
            for (int write = 0; write < plan.tables().keys(); write++) {
                write(table);
            }
        }
    }

    /** Answers at once, one call at a time. */
    public DynamoDbService service() {
        return db.service();
    }

    public List<String> tables() {
        return List.copyOf(tables);
    }

    /** DynamoDB's clock, milliseconds since 1970. */
    public long now() {
        return db.clock().instant().toEpochMilli();
    }

    /**
     * Lets time pass, and all happen that only takes time: roll-overs, and the end of what the
     * stream keeps.
     */
    public void pass(long millis) {
        db.clock().advance(Duration.ofMillis(millis));
    }

    /** Something happens; what, is for the log. */
    public String happen() {
        String table = tables.get(dice.nextInt(tables.size()));
        if (dice.nextInt(10) == 0) {
            FakeStream stream = db.table(table).stream();
            List<String> open = stream.openShards();
            return table + " rolls over to " + stream.rollOver(open.get(dice.nextInt(open.size())));
        }
        write(table);
        return table + " is written to";
    }

    /**
     * No more faults, lag or losses from now on, and nothing is written any more: what was switched
     * off is on again.
     */
    public void calm() {}

    /** What the table holds now; nothing while it does not exist. */
    public Map<ItemKey, MapItem> contents(String table) {
        return db.snapshot(table);
    }

    public Truth truth() {
        return truth;
    }

    private void write(String table) {
        db.table(table)
                .put(
                        Items.item("id", "k" + dice.nextInt(plan.tables().keys()))
                                .n("version", ++versions)
                                .build());
    }
}
