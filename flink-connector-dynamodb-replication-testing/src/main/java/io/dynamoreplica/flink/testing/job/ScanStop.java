/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import java.util.function.Predicate;

/** A moment in the middle of a copy, made certain by calls that wait. */
public final class ScanStop {

    /**
     * The calls of readers for a segment beyond this many pages of it, counted since the log was
     * cleared.
     */
    public static Predicate<ServiceCall> afterPages(FakeDynamoDb db, int pages) {
        return ServiceCall.ofReaders().and(call -> db.calls().count(call::equals) > pages);
    }

    private ScanStop() {}
}
