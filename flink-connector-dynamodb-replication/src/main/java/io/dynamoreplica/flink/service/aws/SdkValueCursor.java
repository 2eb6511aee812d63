/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A cursor over the attributes of an item, the entries of an M, or the elements of an L. */
final class SdkValueCursor implements ItemCursor {

    private final Iterator<AttributeValue> values;

    /** In the order of the values, because both iterate over one unmodifiable map. Null for a list. */
    private final Iterator<String> names;

    private AttributeValue value;
    private String name;

    private SdkValueCursor(Iterator<AttributeValue> values, Iterator<String> names) {
        this.values = values;
        this.names = names;
    }

    static SdkValueCursor overEntries(Map<String, AttributeValue> entries) {
        return new SdkValueCursor(entries.values().iterator(), entries.keySet().iterator());
    }

    private static SdkValueCursor overElements(List<AttributeValue> elements) {
        return new SdkValueCursor(elements.iterator(), null);
    }

    @Override
    public boolean next() {
        if (!values.hasNext()) {
            return false;
        }
        value = values.next();
        name = names == null ? null : names.next();
        return true;
    }

    @Override
    public String name() {
        if (name == null) {
            throw new IllegalStateException("An element of a list has no name");
        }
        return name;
    }

    @Override
    public AttributeType type() {
        return switch (value.type()) {
            case S -> AttributeType.S;
            case N -> AttributeType.N;
            case B -> AttributeType.B;
            case BOOL -> AttributeType.BOOL;
            case NUL -> AttributeType.NULL;
            case M -> AttributeType.M;
            case L -> AttributeType.L;
            case SS -> AttributeType.SS;
            case NS -> AttributeType.NS;
            case BS -> AttributeType.BS;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException(
                        "Attribute %s has a type that this version of the connector does not know".formatted(name));
        };
    }

    @Override
    public String text() {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            default -> throw otherThan("S or N");
        };
    }

    @Override
    public byte[] binary() {
        expect(AttributeValue.Type.B);
        return value.b().asByteArrayUnsafe();
    }

    @Override
    public boolean bool() {
        expect(AttributeValue.Type.BOOL);
        return value.bool();
    }

    @Override
    public ItemCursor enter() {
        return switch (value.type()) {
            case M -> overEntries(value.m());
            case L -> overElements(value.l());
            case SS -> SdkSetCursor.ofTexts(AttributeType.S, value.ss());
            case NS -> SdkSetCursor.ofTexts(AttributeType.N, value.ns());
            case BS -> SdkSetCursor.ofBinaries(value.bs());
            default -> throw otherThan("a map, list or set");
        };
    }

    private void expect(AttributeValue.Type type) {
        if (value.type() != type) {
            throw otherThan(type.name());
        }
    }

    private IllegalStateException otherThan(String expected) {
        return new IllegalStateException("The value is of type %s, not %s".formatted(type(), expected));
    }
}
