/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.PublicEvolving;

/**
 * A walk over the attributes of an item, the entries of a map, or the elements of a list or set.
 *
 * <p>At the start, a cursor is before the first attribute. The methods that read the current value can be
 * called in any order and any number of times, except {@link #enter}, which can be called once for each
 * value. It returns a cursor over the contents of the value. That cursor is valid until this cursor moves
 * on. Contents that were not read are skipped. Not thread-safe.
 */
@PublicEvolving
public interface ItemCursor {

    /** Moves to the next attribute, entry or element. Returns false if there is none. */
    boolean next();

    /**
     * Returns the name of the current attribute or map entry.
     *
     * @throws IllegalStateException inside a list or set, whose elements have no name
     */
    String name();

    /** Returns the type of the current value. Elements of SS, NS and BS have the types S, N and B. */
    AttributeType type();

    /**
     * Returns the string of an S, or the digits of an N as DynamoDB writes them.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    String text();

    /**
     * Returns the bytes of a B. Do not modify them.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    byte[] binary();

    /**
     * Returns the value of a BOOL.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    boolean bool();

    /**
     * Returns a cursor over the entries of an M, or over the elements of an L, SS, NS or BS. Call it once for
     * each value, because an implementation does not have to keep what it has decoded.
     *
     * @throws IllegalStateException if the current value is of another type
     */
    ItemCursor enter();
}
