/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

/**
 * The part of a text that an error message shows. A text that is shown whole can be so long that
 * the user does not find the reason behind it.
 */
public final class Excerpt {

    /** The number of characters that are shown of a longer text. */
    private static final int MOST_SHOWN = 200;

    private Excerpt() {}

    /** Returns the text, or, if it is long, its beginning and its length. */
    public static String of(String text) {
        return around(text, 0);
    }

    /**
     * Returns the text, or, if it is long, the part around a place and the length of the text.
     *
     * @param at the index of a character, or the length of the text
     */
    static String around(String text, int at) {
        if (text.length() <= MOST_SHOWN) {
            return text;
        }
        int from = Math.min(Math.max(0, at - MOST_SHOWN / 2), text.length() - MOST_SHOWN);
        int to = from + MOST_SHOWN;
        return "%s%s%s (%s characters)"
                .formatted(
                        from == 0 ? "" : "...",
                        text.substring(from, to),
                        to == text.length() ? "" : "...",
                        text.length());
    }
}
