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
import io.dynamoreplica.flink.change.AttributeValue.Null;
import io.dynamoreplica.flink.change.AttributeValue.S;
import io.dynamoreplica.flink.change.AttributeValue.Ss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Unusual items that DynamoDB accepts, by their key {@code id}. All are within its limits of 400 KB, 38
 * digits and 32 levels.
 */
public final class HostileItems {

    private static final int NEARLY_400_KB = 409_000;
    private static final int ELEMENTS = 10_000;

    private HostileItems() {}

    public static Map<String, Map<String, AttributeValue>> all() {
        Map<String, Map<String, AttributeValue>> items = new LinkedHashMap<>();
        add(items, "numbers", numbers());
        add(items, "texts", texts());
        add(items, "names", names());
        add(items, "empty", empty());
        add(items, "bytes", Map.of("a", new B(everyByte())));
        add(items, "deep", Map.of("a", deep(31)));
        add(items, "large", Map.of("a", new S("x".repeat(NEARLY_400_KB))));
        add(items, "numerous texts", Map.of("a", new Ss(digits())));
        add(items, "numerous numbers", Map.of("a", new Ns(digits())));
        changingTypes().forEach(value -> add(items, "a " + value.type(), Map.of("a", value)));
        return items;
    }

    private static void add(
            Map<String, Map<String, AttributeValue>> items, String id, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(attributes);
        item.put("id", new S(id));
        items.put(id, item);
    }

    private static Map<String, AttributeValue> numbers() {
        return Map.of(
                "a", new N("12345678901234567890123456789012345678"),
                "negative", new N("-0.12345678901234567890123456789012345678"),
                "most", new N("9.9999999999999999999999999999999999999E+125"),
                "least", new N("-9.9999999999999999999999999999999999999E+125"),
                "tiny", new N("1E-130"),
                "zero", new N("-0"),
                "long zero", new N("0.000E+10"),
                "zeros", new N("1.500"));
    }

    private static Map<String, AttributeValue> texts() {
        StringBuilder controls = new StringBuilder();
        IntStream.range(0, 0xA0).forEach(c -> controls.append((char) c));
        return Map.of(
                "a", new S(controls.toString()),
                "separators", new S("\u2028\u2029\uFEFF\uFFFF"),
                "pair", new S("\uD83D\uDE00"),
                "markup", new S("</script>\"'\\`${x}"),
                "digits", new S("1E-130"),
                "null", new S("null"));
    }

    private static Map<String, AttributeValue> names() {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (String name : List.of(
                "a.b",
                "a[0]",
                "a",
                "A",
                "it's \"so\"\\",
                "new\nline\tand \u0000",
                "\uD83D\uDE00",
                "select",
                "#id",
                ":id",
                " ",
                "n".repeat(1000))) {
            attributes.put(name, new M(Map.of(name, new N("1"))));
        }
        return attributes;
    }

    private static Map<String, AttributeValue> empty() {
        return Map.of(
                "a", new S(""),
                "bytes", new B(new byte[0]),
                "map", new M(Map.of()),
                "list", new L(List.of()),
                "nulls", new L(List.of(new Null(), new M(Map.of("x", new Null())))),
                "text in a set", new Ss(List.of("")),
                "bytes in a set", new Bs(List.of(new B(new byte[0]))));
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    /** Returns a number inside this many maps and lists. */
    public static AttributeValue deep(int levels) {
        AttributeValue value = new N("1");
        for (int level = 0; level < levels; level++) {
            value = level % 2 == 0 ? new L(List.of(value)) : new M(Map.of("in", value));
        }
        return value;
    }

    private static List<String> digits() {
        return IntStream.range(0, ELEMENTS).mapToObj(Integer::toString).toList();
    }

    /** Returns one value of every type. */
    private static List<AttributeValue> changingTypes() {
        return List.of(
                new S("1"),
                new N("1"),
                new B(new byte[] {1}),
                new Bool(true),
                new Null(),
                new M(Map.of("a", new N("1"))),
                new L(List.of(new N("1"))),
                new Ss(List.of("1")),
                new Ns(List.of("1")),
                new Bs(List.of(new B(new byte[] {1}))));
    }
}
