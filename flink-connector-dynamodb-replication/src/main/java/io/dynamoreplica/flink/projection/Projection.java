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
import org.apache.flink.annotation.Internal;

/** Which parts of a table's items are replicated. Immutable. */
@Internal
public sealed interface Projection extends Serializable permits WholeItem, SomePaths {

    /** Everything. */
    static Projection wholeItem() {
        return WholeItem.INSTANCE;
    }

    /**
     * Some attributes, whole; none of them leaves the keys alone, once they are {@linkplain
     * #keeping kept}.
     *
     * @throws InvalidProjectionException if one is named twice, or if they are too many even
     *     without the keys
     */
    static Projection ofAttributes(Collection<String> names) {
        return SomePaths.checked(names.stream().map(DocumentPath::ofAttribute).toList());
    }

    /**
     * What a projection expression says, by DynamoDB's rules but for reserved words, which may
     * stand in it as they are.
     *
     * @param names {@code ExpressionAttributeNames}: what each placeholder, such as {@code #c},
     *     stands for; every one must be used
     * @throws InvalidProjectionException saying what is wrong and what to do
     */
    static Projection parse(String expression, Map<String, String> names) {
        PathParser parser = new PathParser(names);
        List<DocumentPath> paths = parser.paths(expression);
        parser.refuseUnusedNames();
        return SomePaths.checked(paths);
    }

    /**
     * The least that holds what stands at some paths, whether or not they overlap, such that each
     * can still be {@linkplain #placeOf found}. Everything, if the paths and the keys are more than
     * an expression can hold.
     *
     * @param keys the attributes of the primary key that will be {@linkplain #keeping kept}; empty
     *     if they are not known, which leaves room for any two
     */
    static Projection covering(Collection<DocumentPath> paths, Collection<String> keys) {
        return SomePaths.covering(paths, keys);
    }

    /** As this, and the attributes of the primary key whole, after all others. */
    Projection keeping(Collection<String> keys);

    /**
     * To be asked once the keys are {@linkplain #keeping kept}: they count.
     *
     * @throws InvalidProjectionException if the text that would be sent is longer than DynamoDB
     *     takes
     */
    void refuseTooLong();

    /**
     * To be asked as soon as the keys are known.
     *
     * @throws InvalidProjectionException if a path leads into a key attribute, which has no parts,
     *     or if this is too long with the keys
     */
    void refuseUnfitFor(Collection<String> keys);

    /** What this takes of some attributes; nothing of any other. */
    Projection within(Collection<String> attributes);

    /** Whether anything of an attribute is taken. */
    boolean touches(String attribute);

    /** The part of an item: what DynamoDB answers to {@link #expression()}. */
    Item of(Item item);

    /**
     * Where what stands at a path in an item stands in its part: an element of a list may have
     * moved up.
     *
     * @param path one of those that this projection was made to {@linkplain #covering cover}
     */
    DocumentPath placeOf(DocumentPath path);

    /** What to ask DynamoDB; empty to ask for everything. */
    Optional<ProjectionExpression> expression();
}
