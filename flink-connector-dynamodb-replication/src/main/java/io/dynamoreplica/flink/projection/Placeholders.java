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

/** The user's expression attribute names, with a record of which were used. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("#[A-Za-z0-9_]+");

    /** In characters, with the '#': DynamoDB's own limit. */
    private static final int LONGEST_PLACEHOLDER = 255;

    /** In bytes: DynamoDB's own limit. */
    private static final int LONGEST_NAME = 65_535;

    private final Map<String, String> names;
    private final Set<String> unused;

    /**
     * @throws InvalidProjectionException if a key is not a valid placeholder, or a value is not a
     *     valid name
     */
    Placeholders(Map<String, String> names) {
        names.forEach(Placeholders::check);
        this.names = Map.copyOf(names);
        this.unused = new TreeSet<>(names.keySet());
    }

    private static void check(String placeholder, String name) {
        if (!PLACEHOLDER.matcher(placeholder).matches()) {
            throw new InvalidProjectionException(
                    "'%s' is no placeholder. Write '#', then ASCII letters, digits or '_'".formatted(placeholder));
        } else if (placeholder.length() > LONGEST_PLACEHOLDER) {
            throw new InvalidProjectionException("Placeholder '%s' is longer than %s characters. Choose a shorter one"
                    .formatted(placeholder, LONGEST_PLACEHOLDER));
        } else if (name.isEmpty()) {
            throw new InvalidProjectionException(
                    "'%s' stands for an empty name. Write the attribute's name".formatted(placeholder));
        } else if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new InvalidProjectionException(
                    "'%s' stands for a name of more than %s bytes, which no attribute has. Correct the name"
                            .formatted(placeholder, LONGEST_NAME));
        }
    }

    /**
     * Returns the name for a placeholder, and marks the placeholder as used.
     *
     * @throws InvalidProjectionException if the placeholder is not defined
     */
    String use(String placeholder) {
        String name = names.get(placeholder);
        if (name == null) {
            throw new InvalidProjectionException(
                    "'%s' stands for no name. Add it to the expression attribute names, which define %s"
                            .formatted(placeholder, new TreeSet<>(names.keySet())));
        }
        unused.remove(placeholder);
        return name;
    }

    /**
     * @throws InvalidProjectionException if a placeholder is in no path; the message names it
     */
    void refuseUnused() {
        if (!unused.isEmpty()) {
            String message =
                    """
                    No path uses %s of the expression attribute names, and DynamoDB refuses a placeholder that is \
                    not used. Remove it, or use it""";
            throw new InvalidProjectionException(message.formatted(unused));
        }
    }
}
