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
 * To text, from anything: an S as it is, an N by its digits, and everything else as JSON, but for a
 * B, whose Base64 is not put in quotation marks since the text of an S is not either.
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
