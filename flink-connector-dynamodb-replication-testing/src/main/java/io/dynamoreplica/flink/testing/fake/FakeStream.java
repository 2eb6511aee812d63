/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.ShardListing;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A stream of a table, from the creation of its ARN to its removal, with the script for its shards.
 * Safe for many threads.
 */
public final class FakeStream {

    private final Account account;
    private final String table;
    private final String arn;
    private final StreamViewType viewType;
    private final Map<String, FakeShard> shards = new LinkedHashMap<>();
    private boolean recording = true;
    private String status = "ENABLED";
    private long listings;
    private Optional<StreamRecord> newest = Optional.empty();

    FakeStream(Account account, String table, String arn, StreamViewType viewType, int shards) {
        this.account = account;
        this.table = table;
        this.arn = arn;
        this.viewType = viewType;
        HashRange.divide(shards).forEach(range -> open(null, range));
    }

    public String arn() {
        return arn;
    }

    public String table() {
        return table;
    }

    public StreamViewType viewType() {
        return viewType;
    }

    public ShardKey key(String shardId) {
        return new ShardKey(table, arn, shardId);
    }

    /**
     * Returns all shards that are not unlisted, hidden shards included, in the order in which they
     * were opened.
     */
    public List<Shard> shards() {
        synchronized (account.lock()) {
            return shards.values().stream().map(FakeShard::listed).toList();
        }
    }

    public List<String> openShards() {
        return shards().stream()
                .filter(shard -> !shard.closed())
                .map(Shard::shardId)
                .toList();
    }

    /** Returns every record that was ever written to the shard, trimmed records included. */
    public List<StreamRecord> records(String shardId) {
        synchronized (account.lock()) {
            return shard(shardId).all();
        }
    }

    /** Returns the record that was written last to any shard; empty before the first one. */
    public Optional<StreamRecord> newestRecord() {
        synchronized (account.lock()) {
            return newest;
        }
    }

    /**
     * Closes the shard, if it is open, without a child. Further writes to it fail until it has one.
     */
    public void close(String shardId) {
        synchronized (account.lock()) {
            shard(shardId).close();
        }
    }

    /**
     * Closes the shard, if it is open, and opens its only child, as DynamoDB does every few hours.
     */
    public String rollOver(String shardId) {
        synchronized (account.lock()) {
            FakeShard parent = shard(shardId);
            return openChildren(parent, List.of(parent.range())).get(0);
        }
    }

    /** Closes the shard, if it is open, and opens two children, one for each half of its keys. */
    public List<String> split(String shardId) {
        synchronized (account.lock()) {
            FakeShard parent = shard(shardId);
            return openChildren(parent, parent.range().halves());
        }
    }

    /**
     * Trims the records up to this one, this one included. If no record of a closed shard is left,
     * the shard is then trimmed completely.
     */
    public void trim(String shardId, String upToSequenceNumber) {
        synchronized (account.lock()) {
            shard(shardId).trimUpTo(upToSequenceNumber);
        }
    }

    /**
     * Trims a closed shard completely, also an empty one. The shard is listed and gives a
     * TRIM_HORIZON iterator, but GetRecords is refused.
     */
    public void trimWhole(String shardId) {
        synchronized (account.lock()) {
            shard(shardId).trimWhole();
        }
    }

    /** Trims the records of all shards that were created before this time. */
    public void trimOlderThan(Instant time) {
        synchronized (account.lock()) {
            for (FakeShard shard : shards.values()) {
                shard.all().stream()
                        .filter(record -> record.created().isBefore(time))
                        .reduce((older, newer) -> newer)
                        .ifPresent(newest -> shard.trimUpTo(newest.sequenceNumber()));
            }
        }
    }

    /**
     * Removes a shard: no listing shows it and no call finds it any more. Its children still name
     * it as their parent.
     */
    public void unlist(String shardId) {
        synchronized (account.lock()) {
            shard(shardId);
            shards.remove(shardId);
        }
    }

    /** Leaves a shard out of listings, as a delayed listing does. The shard can be read. */
    public void hideFromListing(String shardId) {
        synchronized (account.lock()) {
            shard(shardId).hide(true);
        }
    }

    public void show(String shardId) {
        synchronized (account.lock()) {
            shard(shardId).hide(false);
        }
    }

    /**
     * Sets the status that listings report, such as ENABLING, whatever the real state of the
     * stream.
     */
    public void status(String reported) {
        synchronized (account.lock()) {
            status = reported;
        }
    }

    void disable() {
        shards.values().forEach(FakeShard::close);
        recording = false;
        status = "DISABLED";
    }

    /** Tells whether the stream takes records, whatever status it reports. */
    boolean isRecording() {
        return recording;
    }

    boolean saysItIsEnabled() {
        return status.equals("ENABLED") || status.equals("ENABLING");
    }

    String shardOf(PlacedKey place) {
        return owner(place.hash()).id();
    }

    void append(PlacedKey place, Operation operation, Images images, boolean deletedByTtl) {
        Images kept = new Images(
                images.keys(),
                viewType.keepsOldImage() ? images.before() : null,
                viewType.keepsNewImage() ? images.after() : null);
        Instant created = account.clock()
                .instant()
                .plus(account.behaviour().creationTimesAhead())
                .truncatedTo(ChronoUnit.SECONDS);
        StreamRecord record = new StreamRecord(account.numbers().next(), operation, kept, created, deletedByTtl);
        owner(place.hash()).append(record);
        newest = Optional.of(record);
    }

    ShardListing list() {
        List<Shard> listed = new ArrayList<>(shards.values().stream()
                .filter(shard -> !shard.isHidden())
                .map(FakeShard::listed)
                .toList());
        account.behaviour().listingSeed().ifPresent(seed -> Collections.shuffle(listed, new Random(seed + listings++)));
        return new ShardListing(arn, status, listed, account.clock().instant());
    }

    Optional<FakeShard> find(String shardId) {
        return Optional.ofNullable(shards.get(shardId));
    }

    private FakeShard shard(String shardId) {
        return find(shardId).orElseThrow(() -> new IllegalArgumentException("No shard " + shardId + " in " + arn));
    }

    private FakeShard owner(long hash) {
        return shards.values().stream()
                .filter(shard -> shard.takes(hash))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No shard of " + arn + " is open for this key: roll its closed shard over first"));
    }

    private List<String> openChildren(FakeShard parent, List<HashRange> ranges) {
        if (!recording) {
            throw new IllegalStateException(arn + " is switched off: it opens no shards");
        }
        parent.noteChildren();
        parent.close();
        return ranges.stream().map(range -> open(parent.id(), range)).toList();
    }

    private String open(String parentShardId, HashRange range) {
        String number = account.numbers().next();
        String id = "shardId-" + number + "-" + Long.toHexString(range.from() | 1L << 32);
        shards.put(id, new FakeShard(new Shard(id, parentShardId, false), range));
        return id;
    }
}
