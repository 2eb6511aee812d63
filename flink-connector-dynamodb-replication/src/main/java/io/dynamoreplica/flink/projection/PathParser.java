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
import org.apache.flink.annotation.Internal;

/**
 * Reads paths, such as {@code address.city}, {@code tags[0]} or {@code #c.street}, by DynamoDB's
 * grammar but for reserved words, which are names like any other here. Remembers which placeholders
 * were used.
 */
@Internal
public final class PathParser {

    private final Placeholders placeholders;

    /**
     * @param names what each placeholder stands for
     * @throws InvalidProjectionException if something is no placeholder, or stands for no name
     */
    public PathParser(Map<String, String> names) {
        this.placeholders = new Placeholders(names);
    }

    /**
     * Paths with commas between them.
     *
     * @return at least one, as they stand: they may overlap
     * @throws InvalidProjectionException saying what is wrong and what to do
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
     * A single path.
     *
     * @throws InvalidProjectionException saying what is wrong and what to do
     */
    public DocumentPath path(String text) {
        Reading reading = new Reading(nonEmpty(text));
        DocumentPath path = reading.path();
        reading.end("'.', '[' or the end");
        return path;
    }

    /**
     * To be asked when everything has been read.
     *
     * @throws InvalidProjectionException naming the placeholders that stand in no path
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

    /** One text, from its beginning to its end. */
    private final class Reading {

        /** Levels of a path; DynamoDB's own limit. */
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
                throw new InvalidProjectionException("'"
                        + Excerpt.of(path)
                        + "' has "
                        + steps.size()
                        + " levels, and DynamoDB nests values to "
                        + DEEPEST
                        + ". Shorten it");
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
                throw unexpected("the number of an element, without zeros before it,");
            }
            if (!takes(']')) {
                throw unexpected("']'");
            }
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException tooLarge) {
                throw new InvalidProjectionException("Element ["
                        + digits
                        + "] is beyond ["
                        + Integer.MAX_VALUE
                        + "], the last that DynamoDB takes. Correct it");
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
                    : "has '" + Character.toString(text.codePointAt(at)) + "' as character " + (at + 1);
            return new InvalidProjectionException("'"
                    + Excerpt.around(text, at)
                    + "' "
                    + where
                    + " where "
                    + expected
                    + " is expected. A name is an ASCII letter, then letters, digits and"
                    + " '_'; for any other write a placeholder such as '#n', and define it"
                    + " in the expression attribute names");
        }
    }
}
