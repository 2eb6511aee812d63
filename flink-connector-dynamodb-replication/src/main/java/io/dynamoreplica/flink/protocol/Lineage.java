/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.split.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The graph of a stream's shards from parent to child, as far as listings have shown it, and which
 * of the shards need not be read.
 *
 * <pre>
 *     anchor ┊                       closed before the anchor: skipped
 *   ▓▓▓▓▓▓▓▓ ┊                       open at the anchor: read from the start (changes that the copy has are dropped)
 *        └─▒▒┊▒▒▒▒▒                  children: read after their parent
 *            ┊    ├─░░░░░░
 *            ┊    └─░░░
 * </pre>
 *
 * <p>Listings may lag. So a shard does not leave the graph because one listing does not show it.
 * Immutable.
 */
public final class Lineage {

    public static final Lineage EMPTY = new Lineage(Map.of());

    private final Map<String, ShardNode> nodes;

    /** By parent id, its children; a parent may be unknown. */
    private final Map<String, List<ShardNode>> children = new HashMap<>();

    private Lineage(Map<String, ShardNode> nodes) {
        this.nodes = nodes;
        for (ShardNode node : nodes.values()) {
            node.shard().parent().ifPresent(parent -> children.computeIfAbsent(parent, id -> new ArrayList<>())
                    .add(node));
        }
    }

    public static Lineage of(Collection<ShardNode> nodes) {
        Map<String, ShardNode> map = new LinkedHashMap<>();
        nodes.forEach(node -> map.put(node.shard().shardId(), node));
        return new Lineage(Collections.unmodifiableMap(map));
    }

    /**
     * Creates the graph at the anchor, from the listing before the first page is scanned. A closed
     * shard is skipped, unless a listed ancestor of it must be read.
     *
     * @param skipClosed false to read all records that the stream keeps
     */
    static Lineage anchoredAt(List<Shard> listing, long time, boolean skipClosed) {
        Map<String, Shard> listed = new LinkedHashMap<>();
        listing.forEach(shard -> listed.put(shard.shardId(), shard));
        List<ShardNode> nodes = new ArrayList<>();
        for (Shard shard : listing) {
            boolean skipped = skipClosed && everyListedAncestorIsClosed(shard, listed);
            nodes.add(ShardNode.firstListed(shard, skipped ? ShardRole.SKIPPED : ShardRole.ANCHORED, time));
        }
        return of(nodes);
    }

    private static boolean everyListedAncestorIsClosed(Shard shard, Map<String, Shard> listed) {
        Set<String> visited = new HashSet<>();
        for (Shard at = shard; at != null; at = listed.get(at.parentShardId())) {
            if (!at.closed() || !visited.add(at.shardId())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the graph after another complete listing.
     *
     * <p>A shard can appear late, although a descendant of it was listed at the anchor. Such a shard
     * is skipped: its child existed at the anchor, so it was closed at the anchor. There are two
     * exceptions. If {@code skipClosed} is false, the shard is needed. If an ancestor of the shard must
     * be read, because the anchor's listing still showed that ancestor as open, then all its
     * descendants must be read, too; otherwise old images would be the last ones.
     */
    Lineage listed(List<Shard> listing, long time, boolean skipClosed) {
        Map<String, ShardNode> draft = new LinkedHashMap<>(nodes);
        Set<String> shown = new HashSet<>();
        for (Shard shard : listing) {
            shown.add(shard.shardId());
            draft.computeIfPresent(shard.shardId(), (id, node) -> node.listedAgain(shard, time));
        }
        draft.replaceAll((id, node) -> shown.contains(id) ? node : node.absentFrom(time));
        Set<String> before = skipClosed ? ancestorsOfAnchored(listing) : Set.of();
        Set<String> late = new HashSet<>();
        for (Shard shard : listing) {
            boolean isNew = !draft.containsKey(shard.shardId());
            boolean skipped = before.contains(shard.shardId());
            if (isNew) {
                ShardRole role = skipped ? ShardRole.SKIPPED : ShardRole.LATER;
                draft.put(shard.shardId(), ShardNode.firstListed(shard, role, time));
            }
            if (isNew && skipped) {
                late.add(shard.shardId());
            }
        }
        return new Lineage(Collections.unmodifiableMap(late.isEmpty() ? draft : linked(draft, late)));
    }

    /**
     * Marks skipped shards as needed that descend from a shard to be read, with a late shard in
     * between.
     */
    private static Map<String, ShardNode> linked(Map<String, ShardNode> nodes, Set<String> late) {
        Map<String, ShardNode> draft = new LinkedHashMap<>(nodes);
        draft.replaceAll((id, node) -> {
            boolean needed = node.skipped() && isBelowOneToRead(node, nodes, late);
            return needed ? node.in(late.contains(id) ? ShardRole.LATER : ShardRole.ANCHORED) : node;
        });
        return draft;
    }

    private static boolean isBelowOneToRead(ShardNode node, Map<String, ShardNode> nodes, Set<String> late) {
        boolean byWayOfLate = false;
        Set<String> visited = new HashSet<>();
        for (ShardNode at = node;
                at != null && visited.add(at.shard().shardId());
                at = nodes.get(at.shard().parentShardId())) {
            if (byWayOfLate && !at.skipped()) {
                return true;
            }
            byWayOfLate |= late.contains(at.shard().shardId());
        }
        return false;
    }

    private Set<String> ancestorsOfAnchored(List<Shard> listing) {
        Map<String, String> parents = new LinkedHashMap<>();
        listing.forEach(shard -> shard.parent().ifPresent(parent -> parents.put(shard.shardId(), parent)));
        Set<String> ancestors = new HashSet<>();
        for (ShardNode node : nodes.values()) {
            if (node.role() != ShardRole.LATER) {
                String at = node.shard().parentShardId();
                while (at != null && ancestors.add(at)) {
                    at = parents.get(at);
                }
            }
        }
        return ancestors;
    }

    public Collection<ShardNode> nodes() {
        return nodes.values();
    }

    Optional<ShardNode> find(String shardId) {
        return Optional.ofNullable(nodes.get(shardId));
    }

    boolean knows(String shardId) {
        return nodes.containsKey(shardId);
    }

    /** Returns whether a shard names a parent that no listing has shown. */
    boolean lacksParents() {
        return !nodes.keySet().containsAll(parents());
    }

    /** Returns the ids of all shards that another shard names as its parent. */
    Set<String> parents() {
        return Collections.unmodifiableSet(children.keySet());
    }

    /** Returns the shards that name this one as their parent. */
    List<ShardNode> childrenOf(String shardId) {
        return Collections.unmodifiableList(children.getOrDefault(shardId, List.of()));
    }

    /** Returns the graph in which these shards are skipped, because they appeared too late. */
    Lineage skipped(Collection<String> shardIds) {
        return edited(shardIds, node -> node.in(ShardRole.SKIPPED));
    }

    /** Returns the graph in which these shards were first shown closed by the given listing. */
    Lineage closedSince(Collection<String> shardIds, long listing) {
        return edited(shardIds, node -> new ShardNode(node.shard(), node.role(), node.seen(), listing));
    }

    private Lineage edited(Collection<String> shardIds, UnaryOperator<ShardNode> change) {
        Map<String, ShardNode> draft = new LinkedHashMap<>(nodes);
        shardIds.forEach(shardId -> draft.computeIfPresent(shardId, (id, node) -> change.apply(node)));
        return new Lineage(Collections.unmodifiableMap(draft));
    }

    Lineage without(Collection<String> shardIds) {
        Map<String, ShardNode> draft = new LinkedHashMap<>(nodes);
        return draft.keySet().removeAll(shardIds) ? new Lineage(Collections.unmodifiableMap(draft)) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lineage lineage && nodes.equals(lineage.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return nodes.values().toString();
    }
}
