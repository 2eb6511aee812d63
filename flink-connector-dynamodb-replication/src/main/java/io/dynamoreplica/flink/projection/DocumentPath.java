/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.AttributeValue;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * Where a value stands in an item: an attribute, or something in its maps and lists. DynamoDB calls
 * it a document path.
 *
 * @param steps from the outside in; the first is the name of an attribute
 */
@Internal
public record DocumentPath(List<Step> steps) implements Serializable {

    /** One level of a path. */
    public sealed interface Step extends Serializable {}

    /** An attribute, or the entry of a map. Any name: dots and brackets in it mean nothing. */
    public record Name(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The element of a list.
     *
     * @param index from 0
     */
    public record Index(int index) implements Step {
        public Index {
            if (index < 0) {
                throw new IllegalArgumentException("There is no element " + index);
            }
        }

        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }

    public DocumentPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.get(0) instanceof Name)) {
            throw new IllegalArgumentException("A path begins with an attribute, not " + steps);
        }
    }

    /** The whole attribute of this name. */
    public static DocumentPath ofAttribute(String name) {
        return new DocumentPath(List.of(new Name(name)));
    }

    /** The attribute in which it ends or through which it leads. */
    public String attribute() {
        return ((Name) steps.get(0)).name();
    }

    /** Whether it ends at an attribute and leads into none. */
    public boolean isAttribute() {
        return steps.size() == 1;
    }

    /**
     * What stands at its end.
     *
     * @param value of {@link #attribute()}
     * @return empty if the path meets nothing, or a value of another type on its way
     */
    public Optional<AttributeValue> in(AttributeValue value) {
        Optional<AttributeValue> found = Optional.of(value);
        for (Step step : steps.subList(1, steps.size())) {
            found = found.flatMap(outer -> inside(outer, step));
        }
        return found;
    }

    private static Optional<AttributeValue> inside(AttributeValue outer, Step step) {
        if (outer instanceof AttributeValue.M map && step instanceof Name name) {
            return Optional.ofNullable(map.entries().get(name.name()));
        }
        if (outer instanceof AttributeValue.L list
                && step instanceof Index at
                && at.index() < list.elements().size()) {
            return Optional.of(list.elements().get(at.index()));
        }
        return Optional.empty();
    }

    /** Whether one of the two is the other, or leads to it. */
    boolean overlaps(DocumentPath other) {
        int common = common(other);
        return common == steps.size() || common == other.steps.size();
    }

    /** Whether one takes for a map what the other takes for a list. */
    boolean conflicts(DocumentPath other) {
        return !overlaps(other)
                && steps.get(common(other)).getClass()
                        != other.steps.get(common(other)).getClass();
    }

    private int common(DocumentPath other) {
        int most = Math.min(steps.size(), other.steps.size());
        int common = 0;
        while (common < most && steps.get(common).equals(other.steps.get(common))) {
            common++;
        }
        return common;
    }

    /**
     * As in an expression.
     *
     * @param names how to write each name
     */
    String written(Map<String, String> names) {
        StringBuilder written = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Name name) {
                written.append(written.isEmpty() ? "" : ".").append(names.get(name.name()));
            } else {
                written.append(step);
            }
        }
        return written.toString();
    }

    /** As a reader would write it, placeholders apart. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder();
        for (Step step : steps) {
            shown.append(step instanceof Name && !shown.isEmpty() ? "." : "").append(step);
        }
        return shown.toString();
    }
}
