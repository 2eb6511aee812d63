/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.io.Serializable;
import java.util.Optional;

/**
 * A shard as a listing shows it.
 *
 * @param parentShardId null for a shard that never had a parent; a shard keeps the id of a parent that
 *     was trimmed
 * @param closed whether the shard has an ending sequence number, so that no record will be added
 */
public record Shard(String shardId, String parentShardId, boolean closed) implements Serializable {

    public Shard {
        if (shardId.isEmpty()) {
            throw new IllegalArgumentException("A shard needs an id");
        }
        if (shardId.equals(parentShardId)) {
            throw new IllegalArgumentException("Shard %s cannot be its own parent".formatted(shardId));
        }
    }

    public Optional<String> parent() {
        return Optional.ofNullable(parentShardId);
    }
}
