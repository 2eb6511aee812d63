/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.service.TableDescription.Size;
import io.dynamoreplica.flink.service.TableDescription.TableStream;
import io.dynamoreplica.flink.split.ItemKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A table from its creation to its deletion, with one TableId. Safe for many threads. */
public final class FakeTable {

    private final Account account;
    private final TableSpec spec;
    private final KeySchema schema;
    private final String tableId;
    private final NavigableMap<PlacedKey, MapItem> items = new TreeMap<>();
    private Optional<FakeStream> stream = Optional.empty();
    private Optional<Size> reportedSize = Optional.empty();
    private String status = "ACTIVE";

    FakeTable(Account account, TableSpec spec, String tableId) {
        this.account = account;
        this.tableId = tableId;
        this.spec = spec;
        this.schema = new KeySchema(spec.keys());
    }

    public String tableId() {
        return tableId;
    }

    public TableSpec spec() {
        return spec;
    }

    /** Returns the table's newest stream, enabled or not. */
    public FakeStream stream() {
        synchronized (account.lock()) {
            return stream.orElseThrow(() -> new IllegalStateException("Table " + spec.name() + " has no stream"));
        }
    }

    /** Puts an item, as PutItem does. */
    public void put(MapItem item) {
        synchronized (account.lock()) {
            ItemKey key = schema.keyOf(item.materialise());
            write(key, Optional.of(item), false);
        }
    }

    /** Puts the items with these numbers, {@code k0}, {@code k1} and so on, each with a version. */
    public void load(int from, int to, int version) {
        IntStream.range(from, to)
                .forEach(number ->
                        put(Items.item("id", "k" + number).n("version", version).build()));
    }

    /**
     * Sets attributes of an item, as UpdateItem does. If there is no such item, it is created.
     *
     * @param changes the key attributes and the attributes to set
     */
    public void update(MapItem changes) {
        synchronized (account.lock()) {
            ItemKey key = schema.keyOf(changes.materialise());
            Map<String, AttributeValue> merged = new LinkedHashMap<>();
            find(key).ifPresent(before -> merged.putAll(before.materialise()));
            merged.putAll(changes.materialise());
            write(key, Optional.of(MapItem.of(merged)), false);
        }
    }

    /**
     * Deletes an item, as DeleteItem does.
     *
     * @param keys the key attributes; other attributes are ignored
     */
    public void delete(MapItem keys) {
        synchronized (account.lock()) {
            write(schema.keyOf(keys.materialise()), Optional.empty(), false);
        }
    }

    /** Deletes an item as DynamoDB itself does once the item's time to live has passed. */
    public void expire(MapItem keys) {
        synchronized (account.lock()) {
            write(schema.keyOf(keys.materialise()), Optional.empty(), true);
        }
    }

    /**
     * Returns an item, as GetItem does.
     *
     * @param keys the key attributes; other attributes are ignored
     */
    public Optional<MapItem> get(MapItem keys) {
        synchronized (account.lock()) {
            return find(schema.keyOf(keys.materialise()));
        }
    }

    /** Returns the id of the open shard that takes the changes of this item. */
    public String shardOf(MapItem keys) {
        synchronized (account.lock()) {
            return stream().shardOf(PlacedKey.of(schema.keyOf(keys.materialise())));
        }
    }

    /** Returns the items that the table contains now, as the expected contents of a replica. */
    public Map<ItemKey, MapItem> snapshot() {
        synchronized (account.lock()) {
            Map<ItemKey, MapItem> copy = new LinkedHashMap<>();
            items.forEach((place, item) -> copy.put(place.key().orElseThrow(), item));
            return copy;
        }
    }

    /** Sets the status that DescribeTable reports, such as UPDATING or DELETING. */
    public void status(String reported) {
        synchronized (account.lock()) {
            status = reported;
        }
    }

    /**
     * Sets the size that DescribeTable reports, which DynamoDB refreshes every six hours. If it is
     * not set, the true size is reported.
     */
    public void reportSize(Size size) {
        synchronized (account.lock()) {
            reportedSize = Optional.of(size);
        }
    }

    KeySchema schema() {
        return schema;
    }

    Optional<FakeStream> newestStream() {
        return stream;
    }

    void use(FakeStream newStream) {
        stream = Optional.of(newStream);
    }

    void drop() {
        stream.ifPresent(FakeStream::disable);
        status = "DELETED";
    }

    NavigableMap<PlacedKey, MapItem> from(PlacedKey place, boolean inclusive) {
        return items.tailMap(place, inclusive);
    }

    TableDescription describe() {
        return new TableDescription(
                tableId,
                status,
                schema.columns(),
                reportedSize.orElseGet(this::size),
                stream.map(FakeTable::describe),
                account.clock().instant());
    }

    private static TableStream describe(FakeStream stream) {
        boolean enabled = stream.saysItIsEnabled();
        return new TableStream(
                stream.arn(), enabled, enabled ? stream.viewType().name() : "");
    }

    private Size size() {
        return new Size(items.values().stream().mapToLong(ItemSize::of).sum(), items.size());
    }

    private Optional<MapItem> find(ItemKey key) {
        return Optional.ofNullable(items.get(PlacedKey.of(key)));
    }

    private void write(ItemKey key, Optional<MapItem> after, boolean byTtl) {
        if (status.equals("DELETED")) {
            throw new IllegalStateException("Table " + spec.name() + " was deleted");
        }
        Optional<MapItem> before = find(key);
        if (before.equals(after)) {
            return;
        }
        PlacedKey place = PlacedKey.of(key);
        MapItem keys =
                MapItem.of(schema.keysOf(after.or(() -> before).orElseThrow().materialise()));
        Images images = new Images(keys, before.orElse(null), after.orElse(null));
        stream.filter(FakeStream::isRecording)
                .ifPresent(on -> on.append(place, operation(before, after), images, byTtl));
        after.ifPresentOrElse(item -> items.put(place, item), () -> items.remove(place));
    }

    private static Operation operation(Optional<MapItem> before, Optional<MapItem> after) {
        if (before.isEmpty()) {
            return Operation.INSERT;
        }
        return after.isPresent() ? Operation.MODIFY : Operation.REMOVE;
    }
}
