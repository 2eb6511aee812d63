/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What a shard iterator hides.
 *
 * @param index of the next record in its shard
 * @param generation raised whenever a test lets all iterators expire
 * @param emptyPages that were served since the last record
 */
record IteratorToken(ShardKey shard, int index, Instant issued, int generation, int emptyPages) {

    private static final String SEPARATOR = "\n";

    String encode() {
        String text = String.join(
                SEPARATOR,
                shard.table(),
                shard.streamArn(),
                shard.shardId(),
                Integer.toString(index),
                issued.toString(),
                Integer.toString(generation),
                Integer.toString(emptyPages));
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a text that is no iterator. */
    static Optional<IteratorToken> decode(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            String[] parts = text.split(SEPARATOR);
            return parts.length == 7 ? Optional.of(of(parts)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static IteratorToken of(String[] parts) {
        return new IteratorToken(
                new ShardKey(parts[0], parts[1], parts[2]),
                Integer.parseInt(parts[3]),
                Instant.parse(parts[4]),
                Integer.parseInt(parts[5]),
                Integer.parseInt(parts[6]));
    }
}
