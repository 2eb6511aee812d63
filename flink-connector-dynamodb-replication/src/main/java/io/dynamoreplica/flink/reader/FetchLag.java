/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import io.dynamoreplica.flink.service.ShardPage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The age of the last record of the newest page with records, over the shards that this subtask
 * reads now. Both times are on DynamoDB's clock.
 *
 * <p>If a shard is no longer read here, its lag is removed. Otherwise a subtask without a shard would
 * show the lag of its last shard forever.
 */
final class FetchLag {

    /** Flink's value for a lag that is not known. */
    static final long UNKNOWN = -1;

    /** By split, in the order of their last pages with records. Used only by the fetcher's thread. */
    private final Map<String, Long> lags = new LinkedHashMap<>();

    private volatile long latest = UNKNOWN;

    /** Returns milliseconds; {@link #UNKNOWN} if no shard has a lag. Any thread. */
    long millis() {
        return latest;
    }

    /** Takes the lag from a page of the split, if the page has records. Fetcher's thread. */
    void fetched(String splitId, ShardPage page) {
        if (!page.records().isEmpty()) {
            var last = page.records().get(page.records().size() - 1);
            lags.remove(splitId);
            latest = Duration.between(last.created(), page.serverTime()).toMillis();
            lags.put(splitId, latest);
        }
    }

    /** Removes the lag of a split that has ended or was withdrawn. Fetcher's thread. */
    void gone(String splitId) {
        lags.remove(splitId);
        latest = lags.values().stream().reduce(UNKNOWN, (earlier, later) -> later);
    }
}
