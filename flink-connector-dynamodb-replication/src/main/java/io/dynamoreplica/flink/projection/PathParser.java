/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.projection.DocumentPath.Index;
import io.dynamoreplica.flink.projection.DocumentPath.Name;
import io.dynamoreplica.flink.projection.DocumentPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parser of paths such as {@code address.city}, {@code tags[0]} or {@code #c.street}. It
 * follows DynamoDB's grammar, with one exception: reserved words are accepted as names. It
 * remembers which placeholders were used.
 */
public final class PathParser {

    private final Placeholders placeholders;

    /**
     * @param names the attribute name for each placeholder
     * @throws InvalidProjectionException if a key is not a valid placeholder, or a value is not a
     *     valid name
     */
    public PathParser(Map<String, String> names) {
        this.placeholders = new Placeholders(names);
    }

    /**
     * Parses paths that are separated by commas.
     *
     * @return at least one path, in the order of the text; the paths may overlap
     * @throws InvalidProjectionException if the text is not a list of paths; the message says what
     *     is wrong and what to do
     */
    public List<DocumentPath> paths(String expression) {
        Reading reading = new Reading(nonEmpty(expression));
        List<DocumentPath> paths = new ArrayList<>();
        paths.add(reading.path());
        while (reading.takes(',')) {
            paths.add(reading.path());
        }
        reading.end("',', '.', '[' or the end");
        return paths;
    }

    /**
     * Parses a single path.
     *
     * @throws InvalidProjectionException if the text is not a path; the message says what is wrong
     *     and what to do
     */
    public DocumentPath path(String text) {
        Reading reading = new Reading(nonEmpty(text));
        DocumentPath path = reading.path();
        reading.end("'.', '[' or the end");
        return path;
    }

    /**
     * Checks, after all paths have been parsed, that every placeholder was used.
     *
     * @throws InvalidProjectionException if not; the message names the unused placeholders
     */
    public void refuseUnusedNames() {
        placeholders.refuseUnused();
    }

    private static String nonEmpty(String text) {
        if (text.isBlank()) {
            throw new InvalidProjectionException("It is empty. Name an attribute, or leave the option out");
        }
        return text;
    }

    /** A pass over one text, from its beginning to its end. */
    private final class Reading {

        /** The most levels of a path: DynamoDB's own limit. */
        private static final int DEEPEST = 32;

        private final String text;
        private int at;

        Reading(String text) {
            this.text = text;
        }

        DocumentPath path() {
            List<Step> steps = new ArrayList<>();
            int start = at;
            steps.add(new Name(name()));
            while (true) {
                if (takes('.')) {
                    steps.add(new Name(name()));
                } else if (takes('[')) {
                    steps.add(new Index(index()));
                } else {
                    refuseTooDeep(steps, text.substring(start, at).strip());
                    return new DocumentPath(steps);
                }
            }
        }

        private static void refuseTooDeep(List<Step> steps, String path) {
            if (steps.size() > DEEPEST) {
                throw new InvalidProjectionException("'%s' has %s levels, but DynamoDB allows at most %s. Shorten it"
                        .formatted(Excerpt.of(path), steps.size(), DEEPEST));
            }
        }

        private String name() {
            skipSpace();
            int start = at;
            if (at < text.length() && text.charAt(at) == '#') {
                at++;
                skipNameCharacters();
                if (at == start + 1) {
                    throw unexpected("a letter, digit or '_' after '#'");
                }
                return placeholders.use(text.substring(start, at));
            }
            if (at == text.length() || !isLetter(text.charAt(at))) {
                throw unexpected("a name");
            }
            skipNameCharacters();
            return text.substring(start, at);
        }

        private int index() {
            skipSpace();
            int start = at;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            String digits = text.substring(start, at);
            if (digits.isEmpty() || digits.length() > 1 && digits.startsWith("0")) {
                at = start;
                throw unexpected("the number of an element, without leading zeros,");
            }
            if (!takes(']')) {
                throw unexpected("']'");
            }
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException tooLarge) {
                throw new InvalidProjectionException(
                        "Element [%s] is beyond [%s], the last index that DynamoDB accepts. Correct the index"
                                .formatted(digits, Integer.MAX_VALUE));
            }
        }

        boolean takes(char wanted) {
            skipSpace();
            boolean there = at < text.length() && text.charAt(at) == wanted;
            at += there ? 1 : 0;
            return there;
        }

        void end(String expected) {
            skipSpace();
            if (at < text.length()) {
                throw unexpected(expected);
            }
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private void skipNameCharacters() {
            while (at < text.length() && isNameCharacter(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isLetter(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isNameCharacter(char c) {
            return isLetter(c) || isDigit(c) || c == '_';
        }

        private InvalidProjectionException unexpected(String expected) {
            String where = at == text.length()
                    ? "ends"
                    : "has '%s' as character %s".formatted(Character.toString(text.codePointAt(at)), at + 1);
            String message =
                    """
                    '%s' %s where %s is expected. A name is an ASCII letter, then letters, digits and '_'; \
                    for any other name write a placeholder such as '#n', and define it in the expression \
                    attribute names""";
            return new InvalidProjectionException(message.formatted(Excerpt.around(text, at), where, expected));
        }
    }
}
