/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.split.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watch over streams that are enabled and whose complete listings show no open shard. An enabled stream always has
 * an open shard, because writes go there. Whatever the cause is, changes are not read. Used by the coordinator thread.
 */
final class OpenShardWatch {

    private static final Logger LOG = LoggerFactory.getLogger(OpenShardWatch.class);

    /** A roll-over takes seconds, and listings lag by seconds. Chosen well above both. */
    static final Duration LONG = Duration.ofMinutes(5);

    private final Consumer<String> warnings;

    /** By ARN, for the streams without an open shard. */
    private final Map<String, Period> periods = new HashMap<>();

    private static final class Period {
        private final long since;
        private boolean told;

        private Period(long since) {
            this.since = since;
        }
    }

    OpenShardWatch() {
        this(LOG::warn);
    }

    /**
     * @param warnings takes one message each time that a stream has no open shard for {@link #LONG}
     */
    OpenShardWatch(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Takes every complete listing. Its time is DynamoDB's. */
    void check(ShardsListed listing) {
        boolean hasOpen = listing.shards().stream().anyMatch(shard -> !shard.closed());
        if (!listing.enabled() || hasOpen) {
            periods.remove(listing.streamArn());
            return;
        }
        Period period = periods.computeIfAbsent(listing.streamArn(), arn -> new Period(listing.time()));
        if (!period.told && listing.time() - period.since > LONG.toMillis()) {
            period.told = true;
            warnings.accept(warning(listing, Instant.ofEpochMilli(period.since)));
        }
    }

    private static String warning(ShardsListed listing, Instant since) {
        long closed = listing.shards().stream().filter(Shard::closed).count();
        return """
                Table %s: its stream %s is ENABLED, and no listing has shown an open shard since %s (%d shards are \
                listed, all closed). An enabled stream always has an open shard, so changes that are made now are not \
                read. Compare with 'aws dynamodbstreams describe-stream --stream-arn %s'. If that shows an open shard, \
                check the endpoint and the proxies between it and this job; otherwise ask AWS support."""
                .formatted(listing.table(), listing.streamArn(), since, closed, listing.streamArn());
    }
}
