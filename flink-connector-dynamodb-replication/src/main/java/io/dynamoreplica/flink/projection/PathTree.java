/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.projection.DocumentPath.Index;
import io.dynamoreplica.flink.projection.DocumentPath.Name;
import io.dynamoreplica.flink.projection.DocumentPath.Step;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Paths by their common beginnings, so that a value is walked once for all of them. A node is a
 * value: wanted whole, or for some of its entries, or for some of its elements.
 */
final class PathTree implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Map<String, PathTree> entries = new LinkedHashMap<>();
    private final NavigableMap<Integer, PathTree> elements = new TreeMap<>();
    private boolean whole;

    static PathTree of(Collection<DocumentPath> paths) {
        PathTree root = new PathTree();
        paths.forEach(root::add);
        return root;
    }

    private void add(DocumentPath path) {
        PathTree node = this;
        for (Step step : path.steps()) {
            node = node.child(step);
        }
        node.whole = true;
    }

    private PathTree child(Step step) {
        return step instanceof Name name
                ? entries.computeIfAbsent(name.name(), unseen -> new PathTree())
                : elements.computeIfAbsent(((Index) step).index(), unseen -> new PathTree());
    }

    boolean isWhole() {
        return whole;
    }

    int size() {
        return entries.size() + elements.size();
    }

    /** Null if the entry is not wanted. */
    PathTree entry(String name) {
        return entries.get(name);
    }

    /**
     * The part of a value that is wanted; empty if the value has nothing of it.
     *
     * @param value stands at the value that this node is about
     */
    Optional<AttributeValue> partOf(ItemCursor value) {
        if (whole) {
            return Optional.of(AttributeValue.read(value));
        } else if (value.type() == AttributeType.M) {
            return entriesOf(value);
        } else if (value.type() == AttributeType.L) {
            return elementsOf(value);
        }
        return Optional.empty();
    }

    private Optional<AttributeValue> entriesOf(ItemCursor map) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<String, AttributeValue> found = new LinkedHashMap<>();
        ItemCursor inside = map.enter();
        while (inside.next()) {
            String name = inside.name();
            PathTree wanted = entries.get(name);
            if (wanted != null) {
                wanted.partOf(inside).ifPresent(part -> found.put(name, part));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.M(found));
    }

    private Optional<AttributeValue> elementsOf(ItemCursor list) {
        if (elements.isEmpty()) {
            return Optional.empty();
        }
        List<AttributeValue> found = new ArrayList<>();
        ItemCursor inside = list.enter();
        for (int index = 0; index <= elements.lastKey() && inside.next(); index++) {
            PathTree wanted = elements.get(index);
            if (wanted != null) {
                wanted.partOf(inside).ifPresent(found::add);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(new AttributeValue.L(found));
    }

    /**
     * Wants more where that is needed so that nothing overlaps or conflicts, and so that the place
     * of each element that is left can be told: of several elements of a list, one in which nothing
     * was found would let the others move up unseen, but one that is wanted whole is missing only
     * with all behind it.
     */
    void widen() {
        if (whole || !entries.isEmpty() && !elements.isEmpty()) {
            takeWhole();
        } else {
            if (elements.size() > 1) {
                elements.values().forEach(PathTree::takeWhole);
            }
            entries.values().forEach(PathTree::widen);
            elements.values().forEach(PathTree::widen);
        }
    }

    private void takeWhole() {
        whole = true;
        entries.clear();
        elements.clear();
    }

    /** The paths that make this tree. */
    List<DocumentPath> paths() {
        List<DocumentPath> paths = new ArrayList<>();
        collect(List.of(), paths);
        return paths;
    }

    private void collect(List<Step> here, List<DocumentPath> paths) {
        if (whole) {
            paths.add(new DocumentPath(here));
        }
        entries.forEach((name, child) -> child.collect(longer(here, new Name(name)), paths));
        elements.forEach((index, child) -> child.collect(longer(here, new Index(index)), paths));
    }

    private static List<Step> longer(List<Step> steps, Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }

    /**
     * Where a path leads once the tree's part has been taken. Good for trees that were {@linkplain
     * #widen widened}.
     */
    DocumentPath placeOf(DocumentPath path) {
        List<Step> place = new ArrayList<>();
        PathTree node = this;
        for (Step step : path.steps()) {
            if (node.whole) {
                place.add(step);
            } else if (step instanceof Name name && node.entries.containsKey(name.name())) {
                place.add(step);
                node = node.entries.get(name.name());
            } else if (step instanceof Index at && node.elements.containsKey(at.index())) {
                place.add(new Index(node.elements.headMap(at.index()).size()));
                node = node.elements.get(at.index());
            } else {
                throw new IllegalArgumentException("The projection leaves out " + path);
            }
        }
        return new DocumentPath(place);
    }
}
