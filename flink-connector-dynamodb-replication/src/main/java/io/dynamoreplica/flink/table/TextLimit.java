/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.UnicodeText;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * How much text a type of SQL holds. Nothing is cut or padded, so CHAR takes strings of exactly its
 * length: padding would make different strings equal.
 */
final class TextLimit {

    private final LogicalType type;
    private final int length;
    private final boolean exact;

    TextLimit(LogicalType type) {
        this.type = type;
        this.length = LogicalTypeChecks.getLength(type);
        this.exact = type.is(LogicalTypeRoot.CHAR);
    }

    /**
     * @param found of which type the value is that has the text
     * @param what names the text in an error, as {@code a string}
     * @throws ConversionException also if UTF-8, in which Flink keeps text, cannot write it
     */
    StringData fit(String text, AttributeType found, String what) throws ConversionException {
        if (exact || text.length() > length) {
            int characters = text.codePointCount(0, text.length());
            if (characters > length || exact && characters != length) {
                throw ConversionException.doesNotFit(found, what + " of " + characters + " characters", type);
            }
        }
        if (!UnicodeText.isWellFormed(text)) {
            throw ConversionException.doesNotFit(found, what + " with half a surrogate pair", type);
        }
        return StringData.fromString(text);
    }
}
