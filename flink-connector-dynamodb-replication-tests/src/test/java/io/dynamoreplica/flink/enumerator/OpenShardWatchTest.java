/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.ProtocolEvent.ShardsListed;
import io.dynamoreplica.flink.split.Shard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenShardWatchTest {

    private static final long LONG = OpenShardWatch.LONG.toMillis();
    private static final Shard OPEN = new Shard("b", "a", false);
    private static final Shard CLOSED = new Shard("a", null, true);

    private final List<String> warnings = new ArrayList<>();
    private final OpenShardWatch watch = new OpenShardWatch(warnings::add);

    @Test
    void anEnabledStreamWithoutAnOpenShardIsNamedOnceAfterFiveMinutes() {
        check(0, CLOSED);
        check(LONG, CLOSED);
        assertThat(warnings).isEmpty();
        check(LONG + 1, CLOSED);
        check(5 * LONG, CLOSED);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0)).contains("Table orders", "arn:stream", "no listing has shown");
    }

    @Test
    void aListingWithoutAnyShardCountsToo() {
        check(0);
        check(LONG + 1);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void anOpenShardInBetweenEndsTheWait() {
        check(0, CLOSED);
        check(LONG, CLOSED, OPEN);
        check(LONG + 1, CLOSED);
        check(2 * LONG, CLOSED);
        assertThat(warnings).isEmpty();
        check(2 * LONG + 2, CLOSED);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aStreamThatIsOffHasNone() {
        watch.check(new ShardsListed("orders", "arn:stream", false, List.of(CLOSED), 0));
        watch.check(new ShardsListed("orders", "arn:stream", false, List.of(CLOSED), 9 * LONG));
        assertThat(warnings).isEmpty();
    }

    private void check(long time, Shard... shards) {
        watch.check(new ShardsListed("orders", "arn:stream", true, List.of(shards), time));
    }
}
