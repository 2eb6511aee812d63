/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.change;

import org.apache.flink.annotation.Internal;

/**
 * The check whether a string is valid Unicode. DynamoDB keeps strings as UTF-8, but its JSON can contain
 * half of a surrogate pair. Then Java has a string that no encoding can write. Flink, like other software,
 * would replace that half by a question mark, and two different strings would become equal.
 */
@Internal
public final class UnicodeText {

    private UnicodeText() {}

    /** Returns whether each surrogate has its other half. */
    public static boolean isWellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
