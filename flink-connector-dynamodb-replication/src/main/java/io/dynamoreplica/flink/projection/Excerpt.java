/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import org.apache.flink.annotation.Internal;

/** What an error shows of a text that can be long, so that the reason is not lost behind it. */
@Internal
public final class Excerpt {

    /** Characters that are shown of a text; a longer one is cut. */
    private static final int MOST_SHOWN = 200;

    private Excerpt() {}

    /** The text itself, or its beginning and how long it is. */
    public static String of(String text) {
        return around(text, 0);
    }

    /**
     * The text itself, or the part of it around a place and how long it is.
     *
     * @param at index of a character, or the length of the text
     */
    static String around(String text, int at) {
        if (text.length() <= MOST_SHOWN) {
            return text;
        }
        int from = Math.min(Math.max(0, at - MOST_SHOWN / 2), text.length() - MOST_SHOWN);
        int to = from + MOST_SHOWN;
        return (from == 0 ? "" : "...")
                + text.substring(from, to)
                + (to == text.length() ? "" : "...")
                + " ("
                + text.length()
                + " characters)";
    }
}
