/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.simulation.world.Truth.Change;
import io.dynamoreplica.flink.simulation.world.Truth.StreamLife;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeStream;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.StreamViewType;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table by its name, through all its lives, and the streams that it had. */
final class WorldTable {

    private final FakeDynamoDb db;
    private final TableSpec spec;
    private final Conditions conditions;
    private final Truth truth;

    /** The streams that were switched off and still exist. */
    private final List<OldStream> oldStreams = new ArrayList<>();

    private Optional<FakeTable> life = Optional.empty();
    private Optional<WorldStream> stream = Optional.empty();

    private record OldStream(WorldStream stream, long droppedAt) {}

    WorldTable(FakeDynamoDb db, TableSpec spec, Conditions conditions, Truth truth) {
        this.db = db;
        this.spec = spec;
        this.conditions = conditions;
        this.truth = truth;
    }

    String name() {
        return spec.name();
    }

    boolean exists() {
        return life.isPresent();
    }

    FakeTable fake() {
        return life.orElseThrow();
    }

    /** Returns the stream that takes records; empty while it is switched off or the table does not exist. */
    Optional<WorldStream> stream() {
        return stream;
    }

    Map<ItemKey, MapItem> contents() {
        return exists() ? db.snapshot(name()) : Map.of();
    }

    void create(long now) {
        life = Optional.of(db.createTable(spec));
        begin(fake().stream(), now);
    }

    /** Deletes the table with its items. No stream has a record of this. */
    void delete(long now) {
        contents().keySet().forEach(key -> truth.changed(name(), key, Change.unrecorded(Optional.empty(), now)));
        db.deleteTable(name());
        life = Optional.empty();
        end(now);
    }

    void switchOff(long now) {
        db.disableStream(name());
        end(now);
    }

    void switchOn(long now) {
        begin(db.enableStream(name(), StreamViewType.NEW_AND_OLD_IMAGES), now);
    }

    /** Restores the table: it exists, and its stream is on. */
    void repair(long now) {
        if (!exists()) {
            create(now);
        } else if (stream.isEmpty()) {
            switchOn(now);
        }
    }

    private void begin(FakeStream begun, long now) {
        truth.streamBegan(name(), new StreamLife(fake().tableId(), begun.arn(), now, Truth.NEVER));
        stream = Optional.of(new WorldStream(begun, conditions, truth, now));
    }

    private void end(long now) {
        stream.ifPresent(over -> {
            over.closed(now);
            oldStreams.add(new OldStream(over, now + StreamRetention.PROMISED));
            truth.streamEnded(name(), now);
        });
        stream = Optional.empty();
    }

    Optional<WorldStream> find(String streamArn) {
        for (OldStream old : oldStreams) {
            if (old.stream().arn().equals(streamArn)) {
                return Optional.of(old.stream());
            }
        }
        return stream.filter(current -> current.arn().equals(streamArn));
    }

    /** Returns the next time at which an event is due. */
    long nextDue() {
        long next = stream.map(WorldStream::nextDue).orElse(Truth.NEVER);
        for (OldStream old : oldStreams) {
            next = Math.min(next, Math.min(old.stream().nextDue(), old.droppedAt()));
        }
        return next;
    }

    void advance(long now) {
        stream.ifPresent(current -> current.advance(now));
        for (Iterator<OldStream> each = oldStreams.iterator(); each.hasNext(); ) {
            OldStream old = each.next();
            if (now < old.droppedAt()) {
                old.stream().advance(now);
            } else {
                old.stream().dropped(now);
                db.dropStream(old.stream().arn());
                each.remove();
            }
        }
    }

    /** Trims some of the records that are old enough, as the dice decide. */
    void retain(long now) {
        stream.ifPresent(current -> current.retain(now));
        oldStreams.forEach(old -> old.stream().retain(now));
    }
}
