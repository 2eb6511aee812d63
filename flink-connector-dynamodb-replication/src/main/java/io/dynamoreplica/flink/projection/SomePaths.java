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

/** A projection to the values at some paths. No path overlaps or conflicts with another. */
final class SomePaths implements Projection {

    private static final long serialVersionUID = 1L;

    /**
     * The room in an expression for a partition key and a sort key whose names are not known. Each
     * takes a comma and a placeholder of at most three characters.
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
     * @throws InvalidProjectionException if paths overlap or conflict, or there are too many
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
            String message =
                    """
                    Its %s paths make an expression of %s characters in the form in which it is sent, and DynamoDB \
                    takes %s. Name fewer paths: for example, a map in place of many of its entries""";
            throw new InvalidProjectionException(
                    message.formatted(paths.size(), expression.length(), ProjectionExpression.LONGEST));
        }
    }

    @Override
    public void refuseUnfitFor(Collection<String> keys) {
        for (DocumentPath path : paths) {
            if (!path.isAttribute() && keys.contains(path.attribute())) {
                String message =
                        """
                        '%s' leads into the key attribute '%s', and a key has no parts. Remove the path: the key is \
                        always replicated""";
                throw new InvalidProjectionException(message.formatted(path, path.attribute()));
            }
        }
        keeping(keys).refuseTooLong();
    }

    private static void refuseUnlessApart(DocumentPath first, DocumentPath second) {
        if (first.equals(second)) {
            throw new InvalidProjectionException("'%s' is named twice. Remove one".formatted(first));
        } else if (first.overlaps(second)) {
            boolean firstIsOuter = first.steps().size() < second.steps().size();
            throw new InvalidProjectionException(
                    "'%s' and '%s' overlap. Remove '%s', which is part of the other, or remove the other"
                            .formatted(first, second, firstIsOuter ? second : first));
        } else if (first.conflicts(second)) {
            throw new InvalidProjectionException(
                    "'%s' and '%s' conflict: one needs a map where the other needs a list. Remove the one that is wrong"
                            .formatted(first, second));
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

    /** Returns empty if there is no path, because DynamoDB has no expression for that. */
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
