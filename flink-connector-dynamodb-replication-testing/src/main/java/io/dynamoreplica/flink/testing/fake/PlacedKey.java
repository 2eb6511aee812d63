/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A key in the order of a Scan: first by the hash of the partition key, then by the keys
 * themselves.
 *
 * @param key empty for the position before the first key with this hash
 */
record PlacedKey(long hash, Optional<ItemKey> key) implements Comparable<PlacedKey> {

    static PlacedKey of(ItemKey key) {
        return new PlacedKey(hash(key.attributes().get(0).value()), Optional.of(key));
    }

    static PlacedKey before(long hash) {
        return new PlacedKey(hash, Optional.empty());
    }

    @Override
    public int compareTo(PlacedKey other) {
        int byHash = Long.compare(hash, other.hash);
        if (byHash != 0) {
            return byHash;
        }
        if (key.isEmpty() || other.key.isEmpty()) {
            return Boolean.compare(key.isPresent(), other.key.isPresent());
        }
        return compare(key.get(), other.key.get());
    }

    private static int compare(ItemKey left, ItemKey right) {
        for (int i = 0; i < left.attributes().size(); i++) {
            int order = compare(left.attributes().get(i), right.attributes().get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(KeyAttribute left, KeyAttribute right) {
        return switch (left.type()) {
            case N -> new BigDecimal(left.value()).compareTo(new BigDecimal(right.value()));
            case S -> Arrays.compareUnsigned(utf8(left.value()), utf8(right.value()));
            case B ->
                Arrays.compareUnsigned(
                        Base64.getDecoder().decode(left.value()),
                        Base64.getDecoder().decode(right.value()));
        };
    }

    /**
     * Computes FNV-1a and mixes its bits once more, so that similar keys spread over the whole
     * range.
     */
    private static long hash(String value) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : utf8(value)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) >>> 32;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
