/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The path of a value in an item, written for errors: {@code address.lines[2]}. A name that could be
 * read as several steps is quoted: {@code ["a.b"]}.
 */
record AttributePath(String text) implements Serializable {

    /** The value itself, before any step. */
    static final AttributePath HERE = new AttributePath("");

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_:#@$/+-]+");

    /** Returns the path that begins at the surrounding map. */
    AttributePath under(String name) {
        return before(PLAIN_NAME.matcher(name).matches() ? name : quoted(name));
    }

    /** Returns the path that begins at the surrounding list. */
    AttributePath at(int index) {
        return before("[" + index + "]");
    }

    private AttributePath before(String step) {
        boolean direct = text.isEmpty() || text.startsWith("[");
        return new AttributePath(direct ? step + text : step + "." + text);
    }

    /** Escapes characters that would break a line of a log. */
    private static String quoted(String name) {
        StringBuilder quoted = new StringBuilder("[\"");
        for (char c : name.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028') {
                quoted.append("\\u%04X".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append("\"]").toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
