/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.Shard;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A shard. Trimmed records stay in the list, so that the index of a position never changes. Guarded
 * by the account's lock.
 */
final class FakeShard {

    /**
     * The index of a TRIM_HORIZON iterator of a shard that was trimmed completely: no read succeeds
     * there.
     */
    static final int NOWHERE = -1;

    private final Shard identity;
    private final HashRange range;
    private final List<StreamRecord> records = new ArrayList<>();
    private int trimmed;
    private boolean closed;
    private boolean trimmedWhole;
    private boolean hidden;
    private boolean hasChildren;

    FakeShard(Shard identity, HashRange range) {
        this.identity = identity;
        this.range = range;
    }

    String id() {
        return identity.shardId();
    }

    HashRange range() {
        return range;
    }

    /** Returns the shard as a listing shows it now. */
    Shard listed() {
        return new Shard(identity.shardId(), identity.parentShardId(), closed);
    }

    boolean takes(long hash) {
        return !closed && range.contains(hash);
    }

    void append(StreamRecord record) {
        if (closed) {
            throw new IllegalStateException("Shard " + id() + " is closed");
        }
        records.add(record);
    }

    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void noteChildren() {
        if (hasChildren) {
            throw new IllegalStateException("Shard " + id() + " has children already");
        }
        hasChildren = true;
    }

    void hide(boolean hide) {
        hidden = hide;
    }

    boolean isHidden() {
        return hidden;
    }

    void trimUpTo(String sequenceNumber) {
        BigInteger last = new BigInteger(sequenceNumber);
        while (trimmed < records.size() && new BigInteger(records.get(trimmed).sequenceNumber()).compareTo(last) <= 0) {
            trimmed++;
        }
    }

    void trimWhole() {
        if (!closed) {
            throw new IllegalStateException("Only a closed shard is trimmed completely: " + id());
        }
        trimmed = records.size();
        trimmedWhole = true;
    }

    /**
     * Returns the index of the oldest record kept, or of the next record to come; {@link #NOWHERE}
     * if the shard was trimmed completely.
     */
    int trimHorizon() {
        boolean nothingKept = !records.isEmpty() && trimmed == records.size();
        return closed && (trimmedWhole || nothingKept) ? NOWHERE : trimmed;
    }

    /** Returns the index after this record; empty if the shard has no record with this number. */
    OptionalInt after(String sequenceNumber) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).sequenceNumber().equals(sequenceNumber)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    boolean isTrimmedAt(int index) {
        return index < trimmed || index == NOWHERE;
    }

    boolean endsAt(int index) {
        return closed && index == records.size();
    }

    List<StreamRecord> from(int index) {
        return records.subList(index, records.size());
    }

    List<StreamRecord> all() {
        return List.copyOf(records);
    }
}
