/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A DynamoDB account in virtual time that has faults as the dice decide. Its clock advances only by {@link #pass}.
 * Used by one thread.
 */
public final class World {

    /** The partition key of each table, a string. */
    public static final String KEY = "id";

    /** An attribute of each image: a number that rises with each write to any table. */
    public static final String VERSION = "version";

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final Truth truth = new Truth();
    private final List<WorldTable> tables = new ArrayList<>();
    private final Conditions conditions;
    private final VirtualTimers timers;
    private final RefusalStorms refusals;
    private final WorldEvents events;

    /** Creates tables that have been written to for a while. */
    public World(Random dice, WorldPlan plan) {
        this.conditions = new Conditions(dice, plan);
        this.refusals = new RefusalStorms(conditions);
        this.timers = new VirtualTimers(db, tables);
        Writer writer = new Writer(conditions, db.behaviour(), truth);
        this.events = new WorldEvents(conditions, db, tables, refusals, writer);
        for (int i = 0; i < plan.tables().count(); i++) {
            TableSpec spec = TableSpec.named(i == 0 ? "orders" : "orders-" + i)
                    .withShards(plan.tables().shards());
            WorldTable table = new WorldTable(db, spec, conditions, truth);
            table.create(now());
            tables.add(table);
        }
        new InitialHistory(conditions, timers, writer).of(tables);
    }

    /** Returns a service that answers immediately, one call at a time, also after it was closed. */
    public DynamoDbService service() {
        return new UnreliableService(db, conditions, refusals, this::stream);
    }

    public List<String> tables() {
        return tables.stream().map(WorldTable::name).toList();
    }

    /** Returns DynamoDB's time in milliseconds since 1970. */
    public long now() {
        return timers.now();
    }

    /** Lets time pass, with the events that depend on time only: roll-overs, trimming, and occasional writes. */
    public void pass(long millis) {
        timers.pass(millis, () -> events.meanwhile(now()));
    }

    /** Lets one event happen and returns its description for the log. */
    public String happen() {
        return events.next(now());
    }

    /**
     * Ends all faults, lag, losses and writes. A table that was deleted, or whose stream was switched off, is
     * restored. Shards continue to roll over.
     */
    public void calm() {
        conditions.calm();
        tables.forEach(table -> table.repair(now()));
    }

    /** Returns the current items of the table; none while the table does not exist. */
    public Map<ItemKey, MapItem> contents(String table) {
        return tables.stream()
                .filter(known -> known.name().equals(table))
                .findFirst()
                .orElseThrow()
                .contents();
    }

    public Truth truth() {
        return truth;
    }

    private Optional<WorldStream> stream(String streamArn) {
        for (WorldTable table : tables) {
            Optional<WorldStream> found = table.find(streamArn);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
