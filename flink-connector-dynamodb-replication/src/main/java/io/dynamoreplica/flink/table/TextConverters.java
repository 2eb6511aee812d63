/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.change.json.JsonForm;
import java.util.Base64;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The converter of any type to text. An S stays unchanged, an N becomes its digits, a B becomes Base64
 * without quotation marks, and every other type becomes JSON.
 */
final class TextConverters {

    private TextConverters() {}

    static AttributeConverter string(LogicalType type) {
        TextLimit limit = new TextLimit(type);
        return value -> {
            AttributeType found = value.type();
            return limit.fit(text(found, value), found, noun(found));
        };
    }

    private static String text(AttributeType found, ItemCursor value) {
        return switch (found) {
            case S, N -> value.text();
            case B -> Base64.getEncoder().encodeToString(value.binary());
            case BOOL, NULL, M, L, SS, NS, BS -> JsonForm.PLAIN.textOf(value);
        };
    }

    private static String noun(AttributeType found) {
        return switch (found) {
            case S, N, BOOL, NULL -> "a string";
            case B -> "Base64";
            case M, L, SS, NS, BS -> "JSON";
        };
    }
}
