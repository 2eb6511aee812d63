/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.FakeTable;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The fixture of a test that replicates tables of the fake: an account, a replica that keeps every
 * event, and a failure that the test may induce. All are closed after each test:
 *
 * <pre>{@code
 * @RegisterExtension
 * final FakeReplication fake = new FakeReplication().pagesOf(10);
 *
 * private final FakeDynamoDb db = fake.db();
 * private final FakeTable table = fake.filled(TableSpec.named("orders").withShards(2), 300);
 * private final Replica replica = fake.replica();
 * }</pre>
 */
public final class FakeReplication implements AfterEachCallback {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final Replica replica = Replica.withHistory();
    private final InducedFailure failure = new InducedFailure();

    public FakeDynamoDb db() {
        return db;
    }

    public Replica replica() {
        return replica;
    }

    public InducedFailure failure() {
        return failure;
    }

    /** Limits the pages of Scan and of GetRecords to this many items and records. */
    public FakeReplication pagesOf(int size) {
        db.behaviour().scanPageItems(size).recordsPerPage(size);
        return this;
    }

    /** Creates a table and puts items with version 1 into it, one hour ago by DynamoDB's clock. */
    public FakeTable filled(TableSpec spec, int items) {
        FakeTable table = db.createTable(spec);
        table.load(0, items, 1);
        db.clock().advance(Duration.ofHours(1));
        return table;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        failure.close();
        replica.close();
        db.close();
    }
}
