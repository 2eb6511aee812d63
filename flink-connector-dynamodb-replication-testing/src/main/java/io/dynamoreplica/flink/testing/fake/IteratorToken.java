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
 * The contents of a shard iterator.
 *
 * @param index of the next record in its shard
 * @param generation raised each time a test lets all iterators expire
 * @param emptyPages the number of empty pages served since the last record
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

    /** Decodes an iterator; empty if the text is not an iterator. */
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
