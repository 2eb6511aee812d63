/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.util.List;
import java.util.Optional;

/** The events that can happen in a world, and how often each happens. */
final class WorldEvents {

    /** Chosen: the longest time without a write to a table. */
    private static final long LONGEST_IDLE = 72 * StreamRetention.HOUR;

    private static final long SHORT_IDLE = 30_000;

    private final Conditions conditions;
    private final FakeDynamoDb db;
    private final List<WorldTable> tables;
    private final RefusalStorms refusals;
    private final Writer writer;
    private long idleUntil = Long.MIN_VALUE;

    WorldEvents(
            Conditions conditions, FakeDynamoDb db, List<WorldTable> tables, RefusalStorms refusals, Writer writer) {
        this.conditions = conditions;
        this.db = db;
        this.tables = tables;
        this.refusals = refusals;
        this.writer = writer;
    }

    /** Lets one event happen and returns its description for the log. */
    String next(long now) {
        WorldTable table = conditions.any(tables);
        if (table.stream().isEmpty() && conditions.happens(25)) {
            table.repair(now);
            return table.name() + " has a stream again";
        }
        return table.stream()
                .flatMap(stream -> toTheStream(table, stream, now))
                .or(() -> toTheService(now))
                .orElseGet(() -> aWrite(table, now));
    }

    /** Writes to a table while time passes, also if no job reads its stream. */
    void meanwhile(long now) {
        if (conditions.happens(15)) {
            aWrite(conditions.any(tables), now);
        }
    }

    private Optional<String> toTheStream(WorldTable table, WorldStream stream, long now) {
        WorldPlan.Losses losses = conditions.plan().losses();
        int number = conditions.below(100);
        if (number < 8) {
            return Optional.of(table.name() + " rolls over to " + stream.rollOver(now));
        } else if (number < 12) {
            return stream.split(now).map(children -> table.name() + " splits into " + children);
        } else if (number < 15) {
            return Optional.of(table.name()
                    + " rolls over again and again, to "
                    + stream.rollOverOften(now, () -> aWrite(table, now)));
        } else if (number < 20 && losses.trims()) {
            table.retain(now);
            return Optional.of(table.name() + " may be trimmed");
        } else if (number < 23 && losses.disables()) {
            table.switchOff(now);
            return Optional.of(table.name() + " has no stream any more");
        } else if (number < 26 && losses.recreates()) {
            table.delete(now);
            return Optional.of(table.name() + " is deleted");
        }
        return Optional.empty();
    }

    private Optional<String> toTheService(long now) {
        int number = conditions.below(100);
        if (number < 6 && conditions.plan().refusals().storms()) {
            return Optional.of("storm: " + refusals.storm(now));
        } else if (number < 12 && conditions.plan().pages().expiry()) {
            db.expireIterators();
            return Optional.of("iterators expire");
        } else if (number < 13 && now >= idleUntil) {
            long millis = conditions.upTo(conditions.happens(10) ? LONGEST_IDLE : SHORT_IDLE);
            idleUntil = now + millis;
            return Optional.of("nothing is written for " + millis + " ms");
        }
        return Optional.empty();
    }

    private String aWrite(WorldTable table, long now) {
        boolean written = conditions.plan().tables().writes() && now >= idleUntil;
        return written && table.exists() ? writer.burst(table, now) : table.name() + " is idle";
    }
}
