/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.config.ReplicationConfig.JobConfig;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.DynamoDbServiceFactory;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gate that stops one reader of a job and lets all others pass. The task of that reader stays in
 * its start until the gate is opened. Tasks find it by its id.
 */
public final class Gate implements AutoCloseable {

    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    /**
     * The number of services that are not a reader's: the enumerator opens one before any reader is
     * deployed.
     */
    private static final int ENUMERATORS = 1;

    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch open = new CountDownLatch(1);
    private final int readersToPass;

    /**
     * Creates a closed gate.
     *
     * @param readersToPass the number of readers that pass before the one that has to wait
     */
    public Gate(int readersToPass) {
        this.readersToPass = readersToPass;
        GATES.put(id, this);
    }

    public DynamoDbServiceFactory before(DynamoDbServiceFactory services) {
        return new Guarded(id, services);
    }

    public boolean isSomebodyWaiting() {
        return opened.get() > ENUMERATORS + readersToPass && open.getCount() > 0;
    }

    public void open() {
        open.countDown();
    }

    @Override
    public void close() {
        open();
        GATES.remove(id);
    }

    private void pass() {
        if (opened.incrementAndGet() > ENUMERATORS + readersToPass) {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted before the gate was opened", e);
            }
        }
    }

    private record Guarded(String gate, DynamoDbServiceFactory services) implements DynamoDbServiceFactory {
        @Override
        public DynamoDbService open(JobConfig job) {
            GATES.get(gate).pass();
            return services.open(job);
        }
    }
}
