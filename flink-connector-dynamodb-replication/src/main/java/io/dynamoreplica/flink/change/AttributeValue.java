/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;

/**
 * An attribute value in memory. It is immutable, with one record for each type of DynamoDB.
 *
 * <p>Two values are equal if they are written in the same way: numbers with the same digits, sets in the
 * same order. DynamoDB itself compares numbers by value, and sets without order.
 */
@PublicEvolving
public sealed interface AttributeValue {

    AttributeType type();

    record S(String value) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.S;
        }
    }

    /**
     * A number.
     *
     * @param digits the number as DynamoDB writes it, with up to 38 significant digits. Do not parse it as a
     *     double, which would lose digits
     */
    record N(String digits) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.N;
        }
    }

    /**
     * A binary value.
     *
     * @param bytes the bytes; do not modify them
     */
    record B(byte[] bytes) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.B;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof B b && Arrays.equals(bytes, b.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "B[" + Base64.getEncoder().encodeToString(bytes) + "]";
        }
    }

    record Bool(boolean value) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.BOOL;
        }
    }

    record Null() implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.NULL;
        }
    }

    record M(Map<String, AttributeValue> entries) implements AttributeValue {
        public M {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public AttributeType type() {
            return AttributeType.M;
        }
    }

    record L(List<AttributeValue> elements) implements AttributeValue {
        public L {
            elements = List.copyOf(elements);
        }

        @Override
        public AttributeType type() {
            return AttributeType.L;
        }
    }

    record Ss(List<String> values) implements AttributeValue {
        public Ss {
            values = List.copyOf(values);
        }

        @Override
        public AttributeType type() {
            return AttributeType.SS;
        }
    }

    record Ns(List<String> digits) implements AttributeValue {
        public Ns {
            digits = List.copyOf(digits);
        }

        @Override
        public AttributeType type() {
            return AttributeType.NS;
        }
    }

    record Bs(List<B> values) implements AttributeValue {
        public Bs {
            values = List.copyOf(values);
        }

        @Override
        public AttributeType type() {
            return AttributeType.BS;
        }
    }

    /** Reads the current value of a cursor, with everything inside it. */
    static AttributeValue read(ItemCursor cursor) {
        return switch (cursor.type()) {
            case S -> new S(cursor.text());
            case N -> new N(cursor.text());
            case B -> new B(cursor.binary());
            case BOOL -> new Bool(cursor.bool());
            case NULL -> new Null();
            case M -> new M(readEntries(cursor.enter()));
            case L -> new L(readElements(cursor.enter()));
            case SS -> new Ss(readTexts(cursor.enter()));
            case NS -> new Ns(readTexts(cursor.enter()));
            case BS -> new Bs(readBinaries(cursor.enter()));
        };
    }

    private static Map<String, AttributeValue> readEntries(ItemCursor entries) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        while (entries.next()) {
            values.put(entries.name(), read(entries));
        }
        return values;
    }

    private static List<AttributeValue> readElements(ItemCursor elements) {
        List<AttributeValue> values = new ArrayList<>();
        while (elements.next()) {
            values.add(read(elements));
        }
        return values;
    }

    private static List<String> readTexts(ItemCursor elements) {
        List<String> values = new ArrayList<>();
        while (elements.next()) {
            values.add(elements.text());
        }
        return values;
    }

    private static List<B> readBinaries(ItemCursor elements) {
        List<B> values = new ArrayList<>();
        while (elements.next()) {
            values.add(new B(elements.binary()));
        }
        return values;
    }
}
