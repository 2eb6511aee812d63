/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.Item;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The projection to the whole item. */
enum WholeItem implements Projection {
    INSTANCE;

    @Override
    public Projection keeping(Collection<String> keys) {
        return this;
    }

    @Override
    public void refuseTooLong() {
        // No expression is sent.
    }

    @Override
    public void refuseUnfitFor(Collection<String> keys) {
        // No expression is sent.
    }

    @Override
    public Projection within(Collection<String> attributes) {
        return Projection.covering(
                attributes.stream().map(DocumentPath::ofAttribute).toList(), List.of());
    }

    @Override
    public boolean touches(String attribute) {
        return true;
    }

    @Override
    public Item of(Item item) {
        return item;
    }

    @Override
    public DocumentPath placeOf(DocumentPath path) {
        return path;
    }

    @Override
    public Optional<ProjectionExpression> expression() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "everything";
    }
}
