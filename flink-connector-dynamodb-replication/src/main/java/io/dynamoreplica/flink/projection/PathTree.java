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
 * A tree of paths that share their common beginnings, so that one walk over a value serves all
 * paths. A node stands for a value. Either the whole value is wanted, or some of its entries, or
 * some of its elements.
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
        if (step instanceof Name name) {
            return entries.computeIfAbsent(name.name(), unseen -> new PathTree());
        } else if (step instanceof Index at) {
            return elements.computeIfAbsent(at.index(), unseen -> new PathTree());
        }
        throw new IllegalStateException("No rule adds a step of %s".formatted(step.getClass()));
    }

    boolean isWhole() {
        return whole;
    }

    int size() {
        return entries.size() + elements.size();
    }

    /** Returns the node of an entry, or null if the entry is not wanted. */
    PathTree entry(String name) {
        return entries.get(name);
    }

    /**
     * Returns the wanted part of a value, or empty if the value contains no wanted part.
     *
     * @param value a cursor at the value that this node stands for
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
     * Enlarges the wanted parts until no path overlaps or conflicts with another, and until the
     * place of every wanted list element in the result is known.
     *
     * <p>If several elements of a list are wanted in part, and nothing is found in one of them, the
     * later elements move up, and the result does not show that. An element that is wanted whole is
     * missing only if the list ends before it. So all later elements are missing too.
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

    /** Returns the paths of this tree. */
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
     * Returns the place of a path's value in the part that this tree takes. Only correct for a tree
     * that was {@linkplain #widen widened}.
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
