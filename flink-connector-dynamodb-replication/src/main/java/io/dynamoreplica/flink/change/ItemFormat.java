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
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * The format of an item as bytes. It is written in one walk, without knowing the number of attributes first:
 *
 * <pre>
 *   item  = { type name value } END
 *   value = S, N: string | B: length(4) bytes | BOOL: 0 or 1 | NULL: nothing
 *         | M: item | L, SS, NS, BS: { type value } END
 * </pre>
 */
final class ItemFormat {

    private static final int END = 0;

    private ItemFormat() {}

    static void write(Item item, DataOutputView target) throws IOException {
        writeEntries(item.walk(), target);
    }

    static MapItem read(DataInputView source) throws IOException {
        return MapItem.of(readEntries(source));
    }

    private static void writeEntries(ItemCursor entries, DataOutputView target) throws IOException {
        while (entries.next()) {
            target.writeByte(code(entries.type()));
            StringValue.writeString(entries.name(), target);
            writeValue(entries, target);
        }
        target.writeByte(END);
    }

    private static void writeElements(ItemCursor elements, DataOutputView target) throws IOException {
        while (elements.next()) {
            target.writeByte(code(elements.type()));
            writeValue(elements, target);
        }
        target.writeByte(END);
    }

    private static void writeValue(ItemCursor cursor, DataOutputView target) throws IOException {
        switch (cursor.type()) {
            case S, N -> StringValue.writeString(cursor.text(), target);
            case B -> {
                byte[] bytes = cursor.binary();
                target.writeInt(bytes.length);
                target.write(bytes);
            }
            case BOOL -> target.writeBoolean(cursor.bool());
            case NULL -> {}
            case M -> writeEntries(cursor.enter(), target);
            case L, SS, NS, BS -> writeElements(cursor.enter(), target);
        }
    }

    private static Map<String, AttributeValue> readEntries(DataInputView source) throws IOException {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        for (int code = source.readByte(); code != END; code = source.readByte()) {
            String name = StringValue.readString(source);
            entries.put(name, readValue(type(code), source));
        }
        return entries;
    }

    private static <V extends AttributeValue> List<V> readElements(Class<V> kind, DataInputView source)
            throws IOException {
        List<V> elements = new ArrayList<>();
        for (int code = source.readByte(); code != END; code = source.readByte()) {
            elements.add(kind.cast(readValue(type(code), source)));
        }
        return elements;
    }

    private static AttributeValue readValue(AttributeType type, DataInputView source) throws IOException {
        return switch (type) {
            case S -> new S(StringValue.readString(source));
            case N -> new N(StringValue.readString(source));
            case B -> {
                byte[] bytes = new byte[source.readInt()];
                source.readFully(bytes);
                yield new B(bytes);
            }
            case BOOL -> new Bool(source.readBoolean());
            case NULL -> new Null();
            case M -> new M(readEntries(source));
            case L -> new L(readElements(AttributeValue.class, source));
            case SS ->
                new Ss(readElements(S.class, source).stream().map(S::value).toList());
            case NS ->
                new Ns(readElements(N.class, source).stream().map(N::digits).toList());
            case BS -> new Bs(readElements(B.class, source));
        };
    }

    private static int code(AttributeType type) {
        return switch (type) {
            case S -> 1;
            case N -> 2;
            case B -> 3;
            case BOOL -> 4;
            case NULL -> 5;
            case M -> 6;
            case L -> 7;
            case SS -> 8;
            case NS -> 9;
            case BS -> 10;
        };
    }

    private static AttributeType type(int code) throws IOException {
        return switch (code) {
            case 1 -> AttributeType.S;
            case 2 -> AttributeType.N;
            case 3 -> AttributeType.B;
            case 4 -> AttributeType.BOOL;
            case 5 -> AttributeType.NULL;
            case 6 -> AttributeType.M;
            case 7 -> AttributeType.L;
            case 8 -> AttributeType.SS;
            case 9 -> AttributeType.NS;
            case 10 -> AttributeType.BS;
            default ->
                throw new IOException("Unknown attribute type code %d: the bytes are not an item".formatted(code));
        };
    }
}
