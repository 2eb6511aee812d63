/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The user's expression attribute names, and which of them have been used. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("#[A-Za-z0-9_]+");

    /** In characters, '#' included; DynamoDB's own limit. */
    private static final int LONGEST_PLACEHOLDER = 255;

    /** In bytes; DynamoDB's own limit. */
    private static final int LONGEST_NAME = 65_535;

    private final Map<String, String> names;
    private final Set<String> unused;

    /**
     * @throws InvalidProjectionException if something is no placeholder, or stands for no name
     */
    Placeholders(Map<String, String> names) {
        names.forEach(Placeholders::check);
        this.names = Map.copyOf(names);
        this.unused = new TreeSet<>(names.keySet());
    }

    private static void check(String placeholder, String name) {
        if (!PLACEHOLDER.matcher(placeholder).matches()) {
            throw new InvalidProjectionException(
                    "'" + placeholder + "' is no placeholder. Write '#', then ASCII letters, digits or '_'");
        } else if (placeholder.length() > LONGEST_PLACEHOLDER) {
            throw new InvalidProjectionException("Placeholder '"
                    + placeholder
                    + "' is longer than "
                    + LONGEST_PLACEHOLDER
                    + " characters. Choose a shorter one");
        } else if (name.isEmpty()) {
            throw new InvalidProjectionException(
                    "'" + placeholder + "' stands for an empty name. Write the attribute's name");
        } else if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new InvalidProjectionException("'"
                    + placeholder
                    + "' stands for a name of more than "
                    + LONGEST_NAME
                    + " bytes, which no attribute has. Correct it");
        }
    }

    /**
     * What a placeholder stands for; it counts as used from now on.
     *
     * @throws InvalidProjectionException if it stands for nothing
     */
    String use(String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw new InvalidProjectionException("'"
                    + placeholder
                    + "' stands for no name. Add it to the expression attribute names, "
                    + new TreeSet<>(names.keySet()));
        }
        unused.remove(placeholder);
        return name;
    }

    /**
     * @throws InvalidProjectionException naming the placeholders that stand in no path
     */
    void refuseUnused() {
        if (!unused.isEmpty()) {
            throw new InvalidProjectionException("No path uses "
                    + unused
                    + " of the expression attribute names, and DynamoDB refuses a"
                    + " placeholder without use. Remove it, or use it");
        }
    }
}
