/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/** A cursor over the elements of an SS, NS or BS. */
final class SdkSetCursor implements ItemCursor {

    private final AttributeType type;
    private final Iterator<String> texts;
    private final Iterator<SdkBytes> binaries;

    private String text;
    private SdkBytes binary;

    private SdkSetCursor(AttributeType type, List<String> texts, List<SdkBytes> binaries) {
        this.type = type;
        this.texts = texts.iterator();
        this.binaries = binaries.iterator();
    }

    static SdkSetCursor ofTexts(AttributeType type, List<String> texts) {
        return new SdkSetCursor(type, texts, List.of());
    }

    static SdkSetCursor ofBinaries(List<SdkBytes> binaries) {
        return new SdkSetCursor(AttributeType.B, List.of(), binaries);
    }

    @Override
    public boolean next() {
        if (texts.hasNext()) {
            text = texts.next();
            return true;
        } else if (binaries.hasNext()) {
            binary = binaries.next();
            return true;
        }
        return false;
    }

    @Override
    public String name() {
        throw new IllegalStateException("An element of a set has no name");
    }

    @Override
    public AttributeType type() {
        return type;
    }

    @Override
    public String text() {
        if (type == AttributeType.B) {
            throw otherThan("S or N");
        }
        return text;
    }

    @Override
    public byte[] binary() {
        if (type != AttributeType.B) {
            throw otherThan("B");
        }
        return binary.asByteArrayUnsafe();
    }

    @Override
    public boolean bool() {
        throw otherThan("BOOL");
    }

    @Override
    public ItemCursor enter() {
        throw otherThan("a map, list or set");
    }

    private IllegalStateException otherThan(String expected) {
        return new IllegalStateException("The element is of type %s, not %s".formatted(type, expected));
    }
}
