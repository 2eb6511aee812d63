/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.testing.fake.Call;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A moment in the middle of a copy, made certain by calls that wait. */
public final class ScanStop {

    /**
     * The calls of the readers for a segment beyond this many pages of it, counted since the log
     * was cleared.
     */
    public static Predicate<Call> afterPages(FakeDynamoDb db, int pages) {
        return call ->
                call.kind() == CallKind.SCAN
                        && requests(db).stream()
                                        .filter(request -> isOf(request, call.part()))
                                        .count()
                                > pages;
    }

    /** What readers asked for; the check before a job begins asks for one item. */
    public static List<ScanRequest> requests(FakeDynamoDb db) {
        return db.calls().scans().stream()
                .filter(request -> !request.pageLimit().equals(OptionalInt.of(1)))
                .toList();
    }

    private static boolean isOf(ScanRequest request, String segment) {
        return Integer.toString(request.split().segment()).equals(segment);
    }

    private ScanStop() {}
}
