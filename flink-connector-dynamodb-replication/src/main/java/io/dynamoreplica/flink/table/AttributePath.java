/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Where in an item a value stands, as a reader of an error wants it: {@code address.lines[2]}, and
 * {@code ["a.b"]} for a name that would be mistaken for more than one.
 */
record AttributePath(String text) implements Serializable {

    /** No step away. */
    static final AttributePath HERE = new AttributePath("");

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}\\p{N}_:#@$/+-]+");

    /** The same place seen from the map around it. */
    AttributePath under(String name) {
        return before(PLAIN_NAME.matcher(name).matches() ? name : quoted(name));
    }

    /** The same place seen from the list around it. */
    AttributePath at(int index) {
        return before("[" + index + "]");
    }

    private AttributePath before(String step) {
        boolean direct = text.isEmpty() || text.startsWith("[");
        return new AttributePath(direct ? step + text : step + "." + text);
    }

    /** Nothing in a name may break a line of a log. */
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
