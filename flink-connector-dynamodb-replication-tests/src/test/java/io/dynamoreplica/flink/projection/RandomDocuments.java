/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.change.AttributeValue.B;
import io.dynamoreplica.flink.change.AttributeValue.Bool;
import io.dynamoreplica.flink.change.AttributeValue.L;
import io.dynamoreplica.flink.change.AttributeValue.M;
import io.dynamoreplica.flink.change.AttributeValue.N;
import io.dynamoreplica.flink.change.AttributeValue.Ns;
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Random items and expressions. They use few names and indexes, so most paths find a value in some
 * item, a value of the wrong type in another, and nothing in a third.
 */
public final class RandomDocuments {

    /** No reserved words. A name that cannot be written in an expression is the value of a placeholder. */
    private static final List<String> PLAIN = List.of("aa", "bb", "cc");

    private static final Map<String, String> PLACEHOLDERS =
            new TreeMap<>(Map.of("#d", "d.d", "#s", "size-of", "#a", "aa"));

    private static final int DEEPEST = 4;
    private static final int LONGEST_LIST = 4;

    private final Random dice;

    public RandomDocuments(long seed) {
        this.dice = new Random(seed);
    }

    /**
     * An expression as a user writes it, with its placeholders.
     *
     * @param names the attribute name for each placeholder of the expression
     */
    public record Expression(String text, Map<String, String> names) {}

    /** Returns an item with this id and other random attributes. */
    public Map<String, AttributeValue> item(String id) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(entries(0));
        item.put("id", new S(id));
        return item;
    }

    private Map<String, AttributeValue> entries(int depth) {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        for (String name : List.of("aa", "bb", "cc", "d.d", "size-of")) {
            if (dice.nextInt(4) > 0) {
                entries.put(name, value(depth + 1));
            }
        }
        return entries;
    }

    private AttributeValue value(int depth) {
        return switch (dice.nextInt(depth < DEEPEST ? 14 : 6)) {
            case 0 -> new S("s" + dice.nextInt(100));
            case 1 -> new N(Integer.toString(dice.nextInt(100)));
            case 2 -> new Bool(dice.nextBoolean());
            case 3 -> dice.nextBoolean() ? new Null() : new B(new byte[] {1, 2});
            case 4 -> dice.nextBoolean() ? new Ss(List.of("p", "q")) : new Ns(List.of("7"));
            case 5 -> dice.nextBoolean() ? new M(Map.of()) : new L(List.of());
            case 6, 7, 8, 9 -> new M(entries(depth));
            default ->
                new L(IntStream.range(0, dice.nextInt(LONGEST_LIST) + 1)
                        .mapToObj(i -> value(depth + 1))
                        .toList());
        };
    }

    /** Some of them overlap or conflict. */
    public Expression expression() {
        List<String> paths = new ArrayList<>();
        Map<String, String> used = new TreeMap<>();
        int count = dice.nextInt(4) + 1;
        for (int i = 0; i < count; i++) {
            paths.add(path(used));
        }
        return new Expression(String.join(dice.nextBoolean() ? "," : " ,\n", paths), used);
    }

    private String path(Map<String, String> used) {
        StringBuilder path = new StringBuilder(name(used));
        int levels = dice.nextInt(DEEPEST);
        for (int level = 0; level < levels; level++) {
            if (dice.nextBoolean()) {
                path.append('.').append(name(used));
            } else {
                path.append('[').append(dice.nextInt(LONGEST_LIST)).append(']');
            }
        }
        return path.toString();
    }

    private String name(Map<String, String> used) {
        if (dice.nextInt(3) > 0) {
            return PLAIN.get(dice.nextInt(PLAIN.size()));
        }
        List<String> placeholders = List.copyOf(PLACEHOLDERS.keySet());
        String placeholder = placeholders.get(dice.nextInt(placeholders.size()));
        used.put(placeholder, PLACEHOLDERS.get(placeholder));
        return placeholder;
    }
}
