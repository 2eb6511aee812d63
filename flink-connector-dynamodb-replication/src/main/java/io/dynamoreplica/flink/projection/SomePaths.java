/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.Item;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands at some paths, none of which overlaps or conflicts with another. */
final class SomePaths implements Projection {

    private static final long serialVersionUID = 1L;

    /**
     * For a partition key and a sort key whose names are not known: each takes a comma and a
     * placeholder of at most three characters.
     */
    private static final int ROOM_FOR_UNKNOWN_KEYS = 8;

    private final List<DocumentPath> paths;
    private final PathTree tree;
    private final ProjectionExpression expression;

    private SomePaths(List<DocumentPath> paths) {
        this.paths = List.copyOf(paths);
        this.tree = PathTree.of(paths);
        this.expression = ProjectionExpression.of(paths);
    }

    /**
     * @throws InvalidProjectionException if the paths do not go together, or are too many
     */
    static SomePaths checked(List<DocumentPath> paths) {
        for (int second = 1; second < paths.size(); second++) {
            for (int first = 0; first < second; first++) {
                refuseUnlessApart(paths.get(first), paths.get(second));
            }
        }
        SomePaths checked = new SomePaths(paths);
        checked.refuseTooLong();
        return checked;
    }

    @Override
    public void refuseTooLong() {
        if (expression.length() > ProjectionExpression.LONGEST) {
            throw new InvalidProjectionException("Its "
                    + paths.size()
                    + " paths make an expression of "
                    + expression.length()
                    + " characters in the form in which it is sent, and DynamoDB takes "
                    + ProjectionExpression.LONGEST
                    + ". Name fewer, such as a map in place of many of its entries");
        }
    }

    @Override
    public void refuseUnfitFor(Collection<String> keys) {
        for (DocumentPath path : paths) {
            if (!path.isAttribute() && keys.contains(path.attribute())) {
                throw new InvalidProjectionException("'"
                        + path
                        + "' leads into the key attribute '"
                        + path.attribute()
                        + "', and a key has no parts. Remove it: the key is always"
                        + " replicated");
            }
        }
        keeping(keys).refuseTooLong();
    }

    private static void refuseUnlessApart(DocumentPath first, DocumentPath second) {
        if (first.equals(second)) {
            throw new InvalidProjectionException("'" + first + "' is named twice. Remove one");
        } else if (first.overlaps(second)) {
            boolean firstIsOuter = first.steps().size() < second.steps().size();
            throw new InvalidProjectionException("'"
                    + first
                    + "' and '"
                    + second
                    + "' overlap. Remove '"
                    + (firstIsOuter ? second : first)
                    + "', which is part of the other, or the other");
        } else if (first.conflicts(second)) {
            throw new InvalidProjectionException("'"
                    + first
                    + "' and '"
                    + second
                    + "' conflict: one takes for a map what is a list to the other. Remove"
                    + " the one that is not so");
        }
    }

    static Projection covering(Collection<DocumentPath> paths, Collection<String> keys) {
        PathTree tree = PathTree.of(paths);
        tree.widen();
        SomePaths covering = new SomePaths(tree.paths());
        return covering.fitsWith(keys) ? covering : WholeItem.INSTANCE;
    }

    private boolean fitsWith(Collection<String> keys) {
        int length = keys.isEmpty()
                ? expression.length() + ROOM_FOR_UNKNOWN_KEYS
                : keeping(keys).expression.length();
        return length <= ProjectionExpression.LONGEST;
    }

    @Override
    public SomePaths keeping(Collection<String> keys) {
        Set<String> whole = Set.copyOf(keys);
        return new SomePaths(Stream.concat(
                        paths.stream().filter(path -> !whole.contains(path.attribute())),
                        keys.stream().map(DocumentPath::ofAttribute))
                .toList());
    }

    @Override
    public Projection within(Collection<String> attributes) {
        Set<String> wanted = Set.copyOf(attributes);
        return new SomePaths(
                paths.stream().filter(path -> wanted.contains(path.attribute())).toList());
    }

    @Override
    public boolean touches(String attribute) {
        return tree.entry(attribute) != null;
    }

    @Override
    public Item of(Item item) {
        return new ProjectedItem(item, tree);
    }

    @Override
    public DocumentPath placeOf(DocumentPath path) {
        return tree.placeOf(path);
    }

    /** Empty for no path at all, which DynamoDB has no expression for. */
    @Override
    public Optional<ProjectionExpression> expression() {
        return paths.isEmpty() ? Optional.empty() : Optional.of(expression);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SomePaths some && paths.equals(some.paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }

    @Override
    public String toString() {
        return paths.toString();
    }
}
