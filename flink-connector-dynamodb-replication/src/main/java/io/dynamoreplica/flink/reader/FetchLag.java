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
 * The age of the last record of the page with records that was fetched last, of the shards that
 * this subtask still reads. Both ends of it are on DynamoDB's clock.
 *
 * <p>A shard that is not read here any more takes its lag with it: otherwise a subtask without a
 * shard would show for ever how late its last one was.
 */
final class FetchLag {

    /** Flink's value for a lag that is not known. */
    static final long UNKNOWN = -1;

    /** By split, in the order in which they were last fetched. Used by the fetcher's thread. */
    private final Map<String, Long> lags = new LinkedHashMap<>();

    private volatile long latest = UNKNOWN;

    /** Any thread. Milliseconds; {@link #UNKNOWN} if no shard has one. */
    long millis() {
        return latest;
    }

    /** Fetcher's thread. */
    void fetched(String splitId, ShardPage page) {
        if (!page.records().isEmpty()) {
            var last = page.records().get(page.records().size() - 1);
            lags.remove(splitId);
            latest = Duration.between(last.created(), page.serverTime()).toMillis();
            lags.put(splitId, latest);
        }
    }

    /** Fetcher's thread: the split has ended or was withdrawn. */
    void gone(String splitId) {
        lags.remove(splitId);
        latest = lags.values().stream().reduce(UNKNOWN, (earlier, later) -> later);
    }
}
