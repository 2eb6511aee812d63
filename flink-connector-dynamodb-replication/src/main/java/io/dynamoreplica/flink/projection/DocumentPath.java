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

/**
 * The place of a value in an item: an attribute, or an entry of a map or element of a list at any
 * depth in an attribute. DynamoDB calls this a document path.
 *
 * @param steps from the attribute inwards; the first is the name of the attribute
 */
public record DocumentPath(List<Step> steps) implements Serializable {

    /** One level of a path. */
    public sealed interface Step extends Serializable {}

    /** The name of an attribute or of a map's entry. Dots and brackets have no meaning in it. */
    public record Name(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The index of a list's element.
     *
     * @param index from 0
     */
    public record Index(int index) implements Step {
        public Index {
            if (index < 0) {
                throw new IllegalArgumentException("An index is 0 or more, not " + index);
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
            throw new IllegalArgumentException("A path begins with the name of an attribute, not with " + steps);
        }
    }

    /** Returns the path of a whole attribute. */
    public static DocumentPath ofAttribute(String name) {
        return new DocumentPath(List.of(new Name(name)));
    }

    /** Returns the name of the attribute that contains the value. */
    public String attribute() {
        return ((Name) steps.get(0)).name();
    }

    /** Returns whether the path names a whole attribute, not a part of one. */
    public boolean isAttribute() {
        return steps.size() == 1;
    }

    /**
     * Finds the value at the end of the path.
     *
     * @param value the value of {@link #attribute()}
     * @return empty if there is no such entry or element, or if a value on the way is of another
     *     type than the path needs
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

    /** Returns whether the paths are equal, or one names a part of the other's value. */
    boolean overlaps(DocumentPath other) {
        int common = common(other);
        return common == steps.size() || common == other.steps.size();
    }

    /** Returns whether one path needs a map where the other needs a list. */
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
     * Returns the path as text of an expression.
     *
     * @param names the text to write for each name
     */
    String written(Map<String, String> names) {
        StringBuilder written = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Name name) {
                written.append(written.isEmpty() ? "" : ".").append(names.get(name.name()));
            } else if (step instanceof Index) {
                written.append(step);
            } else {
                throw new IllegalStateException("No rule writes a step of %s".formatted(step.getClass()));
            }
        }
        return written.toString();
    }

    /** Returns the path with plain names, without placeholders. */
    @Override
    public String toString() {
        StringBuilder shown = new StringBuilder();
        for (Step step : steps) {
            shown.append(step instanceof Name && !shown.isEmpty() ? "." : "").append(step);
        }
        return shown.toString();
    }
}
