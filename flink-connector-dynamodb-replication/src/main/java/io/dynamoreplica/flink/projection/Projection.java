/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.Item;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts of a table's items that are replicated. Immutable. */
public sealed interface Projection extends Serializable permits WholeItem, SomePaths {

    /** Returns the projection to whole items. */
    static Projection wholeItem() {
        return WholeItem.INSTANCE;
    }

    /**
     * Returns a projection to some whole attributes. If there are none, only the keys are left after
     * they are {@linkplain #keeping kept}.
     *
     * @throws InvalidProjectionException if an attribute is named twice, or there are too many even
     *     without the keys
     */
    static Projection ofAttributes(Collection<String> names) {
        return SomePaths.checked(names.stream().map(DocumentPath::ofAttribute).toList());
    }

    /**
     * Parses a projection expression by DynamoDB's rules, with one exception: reserved words need no
     * placeholder.
     *
     * @param names {@code ExpressionAttributeNames}: the attribute name for each placeholder, such
     *     as {@code #c}; every placeholder must be used
     * @throws InvalidProjectionException if DynamoDB would refuse the expression; the message says
     *     what is wrong and what to do
     */
    static Projection parse(String expression, Map<String, String> names) {
        PathParser parser = new PathParser(names);
        List<DocumentPath> paths = parser.paths(expression);
        parser.refuseUnusedNames();
        return SomePaths.checked(paths);
    }

    /**
     * Returns the smallest projection that contains the values at some paths and in which each value
     * can be {@linkplain #placeOf found}. The paths may overlap. If the paths and the keys are too
     * long for an expression, returns the projection to whole items.
     *
     * @param keys the attributes of the primary key that will be {@linkplain #keeping kept}. If they
     *     are not known, this is empty, and room is left for any two keys
     */
    static Projection covering(Collection<DocumentPath> paths, Collection<String> keys) {
        return SomePaths.covering(paths, keys);
    }

    /** Returns this projection with the whole attributes of the primary key added at the end. */
    Projection keeping(Collection<String> keys);

    /**
     * Checks the length of the text that is sent. Call this on the projection that {@linkplain
     * #keeping keeps} the keys, because they count.
     *
     * @throws InvalidProjectionException if the text is longer than DynamoDB accepts
     */
    void refuseTooLong();

    /**
     * Checks this projection against the keys, as soon as they are known.
     *
     * @throws InvalidProjectionException if a path leads into a key attribute, which has no parts,
     *     or if the expression with the keys is too long
     */
    void refuseUnfitFor(Collection<String> keys);

    /** Returns the part of this projection that concerns some attributes, without any other. */
    Projection within(Collection<String> attributes);

    /** Returns whether an attribute is replicated, whole or in part. */
    boolean touches(String attribute);

    /** Returns the part of an item that DynamoDB would answer to {@link #expression()}. */
    Item of(Item item);

    /**
     * Returns the path in the projected item for a path in the whole item. They differ if an element
     * of a list has moved up.
     *
     * @param path one of the paths that this projection was made to {@linkplain #covering cover}
     */
    DocumentPath placeOf(DocumentPath path);

    /** Returns the expression to send to DynamoDB, or empty to ask for whole items. */
    Optional<ProjectionExpression> expression();
}
