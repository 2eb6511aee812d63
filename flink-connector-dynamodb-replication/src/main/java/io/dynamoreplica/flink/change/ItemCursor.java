/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.PublicEvolving;

/**
 * A walk over the attributes of an item, the entries of a map, or the elements of a list or set.
 *
 * <p>A cursor stands before the first attribute at the start. Values are read from the current one,
 * in any order and as often as needed. {@link #enter}, once a value, gives a cursor over what is
 * inside it, which is good until this cursor moves on; whatever was not read inside is skipped. Not
 * thread-safe.
 */
@PublicEvolving
public interface ItemCursor {

    /** Moves to the next attribute, entry or element; false when there is none. */
    boolean next();

    /**
     * The name of the current attribute or map entry.
     *
     * @throws IllegalStateException inside a list or set, whose elements have no name
     */
    String name();

    /** The type of the current value. Elements of SS, NS and BS have the types S, N and B. */
    AttributeType type();

    /**
     * The string of an S; the digits of an N, as DynamoDB writes them.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    String text();

    /**
     * The bytes of a B. Not to be modified.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    byte[] binary();

    /**
     * The value of a BOOL.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    boolean bool();

    /**
     * A cursor over the entries of an M, or the elements of an L, SS, NS or BS. To be asked for
     * once a value: what was decoded on the way need not be kept.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    ItemCursor enter();
}
