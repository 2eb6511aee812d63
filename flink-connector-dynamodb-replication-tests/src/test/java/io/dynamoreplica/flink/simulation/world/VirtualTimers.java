/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.time.Instant;
import java.util.List;

/**
 * DynamoDB's virtual time, and the timers of the tables that become due as it passes: roll-overs, and the trimming
 * of records older than the retention.
 */
final class VirtualTimers {

    private final FakeDynamoDb db;
    private final List<WorldTable> tables;

    VirtualTimers(FakeDynamoDb db, List<WorldTable> tables) {
        this.db = db;
        this.tables = tables;
    }

    /** Returns milliseconds since 1970. */
    long now() {
        return db.clock().instant().toEpochMilli();
    }

    /**
     * Lets time pass.
     *
     * @param meanwhile an action that runs each time a timer becomes due, about every hour
     */
    void pass(long millis, Runnable meanwhile) {
        long until = now() + millis;
        for (long due = nextDue(); due <= until; due = nextDue()) {
            long time = Math.max(due, now());
            set(time);
            tables.forEach(table -> table.advance(time));
            meanwhile.run();
        }
        set(until);
    }

    private long nextDue() {
        long next = Truth.NEVER;
        for (WorldTable table : tables) {
            next = Math.min(next, table.nextDue());
        }
        return next;
    }

    private void set(long time) {
        db.clock().set(Instant.ofEpochMilli(time));
    }
}
