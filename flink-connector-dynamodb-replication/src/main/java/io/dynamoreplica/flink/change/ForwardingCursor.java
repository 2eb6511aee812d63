/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.Internal;

/**
 * A cursor that takes each value from another cursor, which can be a different one for each value. Only
 * {@link #next} is implemented by the cursor itself.
 */
@Internal
public interface ForwardingCursor extends ItemCursor {

    /** Returns the cursor that has the current value. */
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
