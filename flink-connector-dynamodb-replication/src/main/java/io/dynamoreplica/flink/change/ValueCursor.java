/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bool;
import io.dynamoreplica.flink.change.AttributeValue.Bs;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A walk over values in memory.
 *
 * @param <A> a named entry, or an element without a name
 */
final class ValueCursor<A> implements ItemCursor {

    private final Iterator<A> remaining;
    private final Function<A, String> name;
    private final Function<A, AttributeValue> value;
    private A current;

    private ValueCursor(Iterator<A> remaining, Function<A, String> name, Function<A, AttributeValue> value) {
        this.remaining = remaining;
        this.name = name;
        this.value = value;
    }

    static ItemCursor over(Map<String, AttributeValue> entries) {
        return new ValueCursor<>(entries.entrySet().iterator(), Map.Entry::getKey, Map.Entry::getValue);
    }

    private static <A> ItemCursor over(List<A> elements, Function<A, AttributeValue> value) {
        return new ValueCursor<>(elements.iterator(), ValueCursor::nameless, value);
    }

    private static String nameless(Object element) {
        throw new IllegalStateException("An element of a list or set has no name");
    }

    @Override
    public boolean next() {
        boolean more = remaining.hasNext();
        current = more ? remaining.next() : null;
        return more;
    }

    @Override
    public String name() {
        return name.apply(current());
    }

    @Override
    public AttributeType type() {
        return value().type();
    }

    @Override
    public String text() {
        AttributeValue value = value();
        if (value instanceof S s) {
            return s.value();
        }
        if (value instanceof N n) {
            return n.digits();
        }
        throw unlike(value, "S or N");
    }

    @Override
    public byte[] binary() {
        if (value() instanceof B b) {
            return b.bytes();
        }
        throw unlike(value(), "B");
    }

    @Override
    public boolean bool() {
        if (value() instanceof Bool bool) {
            return bool.value();
        }
        throw unlike(value(), "BOOL");
    }

    @Override
    public ItemCursor enter() {
        AttributeValue value = value();
        if (value instanceof M m) {
            return over(m.entries());
        }
        if (value instanceof L l) {
            return over(l.elements(), Function.identity());
        }
        if (value instanceof Ss ss) {
            return over(ss.values(), S::new);
        }
        if (value instanceof Ns ns) {
            return over(ns.digits(), N::new);
        }
        if (value instanceof Bs bs) {
            return over(bs.values(), b -> b);
        }
        throw unlike(value, "M, L, SS, NS or BS");
    }

    private AttributeValue value() {
        return value.apply(current());
    }

    private A current() {
        if (current == null) {
            throw new IllegalStateException(
                    "The cursor is before its first value or after its last one: next() must return true first");
        }
        return current;
    }

    private static IllegalStateException unlike(AttributeValue value, String wanted) {
        return new IllegalStateException("The value is of type %s, not %s".formatted(value.type(), wanted));
    }
}
