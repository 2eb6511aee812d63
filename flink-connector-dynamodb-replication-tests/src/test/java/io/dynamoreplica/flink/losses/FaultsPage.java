/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements of a page about tests: {@code `SomeTest.method`} or {@code `SomeIT`} in back quotes, and broken
 * rules of the simulation as {@code mutation "name"}.
 */
record FaultsPage(String text) {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))(?:\\.([a-z]\\w*))?`");
    private static final Pattern MUTATION = Pattern.compile("mutation \"([^\"]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|(?!-).*\\|$");

    /**
     * A test as the page names it.
     *
     * @param method empty for a whole class
     */
    record NamedTest(String className, String method) {
        @Override
        public String toString() {
            return method.isEmpty() ? className : className + "." + method;
        }
    }

    static FaultsPage read(Path page) {
        try {
            return new FaultsPage(Files.readString(page));
        } catch (IOException e) {
            throw new UncheckedIOException("The page cannot be read: " + page, e);
        }
    }

    Set<NamedTest> tests() {
        return TEST.matcher(text)
                .results()
                .map(found -> new NamedTest(found.group(1), found.group(2) == null ? "" : found.group(2)))
                .collect(Collectors.toSet());
    }

    Set<String> mutations() {
        return MUTATION.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    /** Returns the rows of faults, without headings, that name no test. */
    List<String> rowsWithoutTest() {
        return rows().stream().filter(row -> !TEST.matcher(row).find()).toList();
    }

    List<String> rows() {
        return ROW.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(row -> !row.startsWith("| fault |"))
                .toList();
    }
}
