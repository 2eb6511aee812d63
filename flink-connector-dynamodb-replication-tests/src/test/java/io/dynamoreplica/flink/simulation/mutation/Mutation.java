/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule of the production code, broken on purpose.
 *
 * @param name what the broken rule does
 * @param foundBy the checker that must find it
 * @param className the class that holds the rule, without {@code io.dynamoreplica.flink}
 * @param snippet a part of its source that occurs exactly once; line breaks in it do not matter
 * @param replacement for the snippet
 */
record Mutation(String name, String foundBy, String className, String snippet, String replacement) {

    static final String ROOT = "io.dynamoreplica.flink.";

    private static final Pattern TOKEN = Pattern.compile("\\w+|[^\\w\\s]");

    Mutation {
        if (snippet.isBlank()) {
            throw new IllegalArgumentException("The mutation '" + name + "' has no snippet");
        }
    }

    String qualifiedName() {
        return ROOT + className;
    }

    /**
     * Returns the source with the snippet replaced.
     *
     * @throws IllegalStateException if the snippet does not occur, or occurs more than once
     */
    String applyTo(String source) {
        Matcher found = inAnyLayout().matcher(source);
        if (!found.find()) {
            throw stale("is not there");
        }
        int start = found.start();
        int end = found.end();
        if (found.find()) {
            throw stale("is there more than once");
        }
        return source.substring(0, start) + replacement + source.substring(end);
    }

    /** Returns a pattern for the snippet that allows any blanks and line breaks between its words and signs. */
    private Pattern inAnyLayout() {
        StringBuilder pattern = new StringBuilder();
        Matcher tokens = TOKEN.matcher(snippet);
        boolean afterWord = false;
        while (tokens.find()) {
            boolean word = Character.isJavaIdentifierPart(tokens.group().charAt(0));
            if (!pattern.isEmpty()) {
                pattern.append(afterWord && word ? "\\s+" : "\\s*");
            }
            pattern.append(Pattern.quote(tokens.group()));
            afterWord = word;
        }
        return Pattern.compile(pattern.toString());
    }

    private IllegalStateException stale(String what) {
        return new IllegalStateException("The snippet of the mutation '"
                + name
                + "' "
                + what
                + " in "
                + className
                + ". If the rule was changed, let the mutation follow it: "
                + snippet);
    }

    @Override
    public String toString() {
        return name;
    }
}
