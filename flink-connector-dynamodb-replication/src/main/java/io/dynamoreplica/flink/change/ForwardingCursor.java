/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.Internal;

/**
 * A cursor whose values are those at which another one stands; which one may change from value to
 * value. Only the walk is its own.
 */
@Internal
public interface ForwardingCursor extends ItemCursor {

    /** The cursor that stands at the current value. */
    ItemCursor current();

    @Override
    default String name() {
        return current().name();
    }

    @Override
    default AttributeType type() {
        return current().type();
    }

    @Override
    default String text() {
        return current().text();
    }

    @Override
    default byte[] binary() {
        return current().binary();
    }

    @Override
    default boolean bool() {
        return current().bool();
    }

    @Override
    default ItemCursor enter() {
        return current().enter();
    }
}
