/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import java.util.function.Predicate;

/** A stop in the middle of a copy: calls wait, so that the copy cannot go on. */
public final class ScanStop {

    /**
     * Matches the calls of readers for a segment after this many pages of it, counted since the log
     * was cleared.
     */
    public static Predicate<ServiceCall> afterPages(FakeDynamoDb db, int pages) {
        return ServiceCall.ofReaders().and(call -> db.calls().count(call::equals) > pages);
    }

    private ScanStop() {}
}
