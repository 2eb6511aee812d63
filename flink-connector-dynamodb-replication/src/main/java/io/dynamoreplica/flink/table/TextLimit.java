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
 * The length limit of a text type of SQL. Text is never cut or padded. CHAR accepts only strings of
 * exactly its length, because padding would make different strings equal.
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
     * Returns the text as Flink's internal data.
     *
     * @param found the type of the value that holds the text
     * @param what the name of the text in an error, such as {@code a string}
     * @throws ConversionException if the length does not fit, or if the text has no UTF-8 form, in which Flink
     *     keeps text
     */
    StringData fit(String text, AttributeType found, String what) throws ConversionException {
        if (exact || text.length() > length) {
            int characters = text.codePointCount(0, text.length());
            if (characters > length || exact && characters != length) {
                throw ConversionException.doesNotFit(found, "%s of %d characters".formatted(what, characters), type);
            }
        }
        if (!UnicodeText.isWellFormed(text)) {
            throw ConversionException.doesNotFit(found, what + " with half a surrogate pair", type);
        }
        return StringData.fromString(text);
    }
}
