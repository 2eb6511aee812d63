/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.change.MapItem;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.split.ItemKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An account with its tables, and the controls for its script. Safe for many threads. */
public final class FakeDynamoDb implements AutoCloseable {

    private static final Map<String, FakeDynamoDb> REGISTERED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Account account = new Account();
    private final Faults faults = new Faults(account.lock());
    private final CallLog calls = new CallLog(account.lock());
    private final Scans scans = new Scans(account);
    private final ShardReads reads = new ShardReads(account);
    private final Map<String, FakeTable> tables = new HashMap<>();
    private final Map<String, FakeStream> streams = new HashMap<>();
    private int openServices;
    private int numberOfStreams;
    private int numberOfTables;

    /**
     * Makes this account reachable through a factory that a job can serialize, until {@link
     * #close}.
     */
    public FakeDynamoDbServiceFactory register() {
        REGISTERED.put(id, this);
        return new FakeDynamoDbServiceFactory(id);
    }

    static FakeDynamoDb registered(String id) {
        return Optional.ofNullable(REGISTERED.get(id))
                .orElseThrow(() -> new IllegalStateException(
                        "No fake account " + id + " is registered in this JVM: it was closed"));
    }

    /** Releases every stalled call and ends the registration. */
    @Override
    public void close() {
        REGISTERED.remove(id);
        faults.releaseAll();
    }

    public DynamoDbService service() {
        synchronized (account.lock()) {
            openServices++;
            return new FakeService(this);
        }
    }

    /** Counts the services that were opened and not closed. */
    public int openServices() {
        synchronized (account.lock()) {
            return openServices;
        }
    }

    public ServerClock clock() {
        return account.clock();
    }

    public Behaviour behaviour() {
        return account.behaviour();
    }

    public Faults faults() {
        return faults;
    }

    public CallLog calls() {
        return calls;
    }

    public FakeTable createTable(TableSpec spec) {
        synchronized (account.lock()) {
            if (tables.containsKey(spec.name())) {
                throw new IllegalStateException("Table " + spec.name() + " exists");
            }
            // The id is as long as a real one, and the same in each run of a test.
            String tableId = new UUID(0x4000, Long.MIN_VALUE | numberOfTables++).toString();
            FakeTable table = new FakeTable(account, spec, tableId);
            tables.put(spec.name(), table);
            spec.stream().ifPresent(viewType -> openStream(table, viewType));
            return table;
        }
    }

    public FakeTable table(String name) {
        synchronized (account.lock()) {
            return find(name).orElseThrow(() -> new IllegalArgumentException("There is no table " + name));
        }
    }

    /** Deletes the table. Its stream closes and stays readable, as a real stream does for a day. */
    public void deleteTable(String name) {
        synchronized (account.lock()) {
            table(name).drop();
            tables.remove(name);
        }
    }

    /**
     * Deletes the table and creates an empty one of the same shape, with another TableId and
     * another stream.
     */
    public FakeTable recreateTable(String name) {
        synchronized (account.lock()) {
            TableSpec spec = table(name).spec();
            deleteTable(name);
            return createTable(spec);
        }
    }

    /** Closes all shards of the table's stream. The stream stays readable. */
    public void disableStream(String table) {
        synchronized (account.lock()) {
            table(table).stream().disable();
        }
    }

    /** Gives a new stream with a new ARN to a table whose stream is disabled. */
    public FakeStream enableStream(String name, StreamViewType viewType) {
        synchronized (account.lock()) {
            FakeTable table = table(name);
            if (table.newestStream().filter(FakeStream::isRecording).isPresent()) {
                throw new IllegalStateException("Table " + name + " has a stream");
            }
            return openStream(table, viewType);
        }
    }

    /** Removes a stream, as DynamoDB does a day after it was disabled. */
    public void dropStream(String streamArn) {
        synchronized (account.lock()) {
            streams.remove(streamArn);
        }
    }

    /** Lets every iterator handed out so far expire. */
    public void expireIterators() {
        synchronized (account.lock()) {
            reads.expireIterators();
        }
    }

    /** Returns the items that a table contains now, as the expected contents of a replica. */
    public Map<ItemKey, MapItem> snapshot(String table) {
        return table(table).snapshot();
    }

    Object lock() {
        return account.lock();
    }

    Scans scans() {
        return scans;
    }

    ShardReads reads() {
        return reads;
    }

    /** Finds a table; empty if it was never created, or was deleted. */
    public Optional<FakeTable> find(String table) {
        synchronized (account.lock()) {
            return Optional.ofNullable(tables.get(table));
        }
    }

    /** Returns the names of the tables that exist now, in order. */
    public List<String> tableNames() {
        synchronized (account.lock()) {
            return tables.keySet().stream().sorted().toList();
        }
    }

    Optional<FakeStream> findStream(String arn) {
        return Optional.ofNullable(streams.get(arn));
    }

    void serviceClosed() {
        openServices--;
    }

    private FakeStream openStream(FakeTable table, StreamViewType viewType) {
        // The label of a real ARN is the time of creation. Here, two streams created at the same
        // instant have different labels.
        String arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/%s/stream/%s.%d"
                .formatted(table.spec().name(), account.clock().instant(), numberOfStreams++);
        FakeStream stream = new FakeStream(
                account, table.spec().name(), arn, viewType, table.spec().shards());
        streams.put(arn, stream);
        table.use(stream);
        return stream;
    }
}
