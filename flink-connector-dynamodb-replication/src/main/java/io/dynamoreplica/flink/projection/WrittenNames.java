/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import io.dynamoreplica.flink.projection.DocumentPath.Name;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form in which each name stands in an expression, chosen so that the expression is as short as
 * it can be.
 *
 * <p>A name of one or two characters stands as it is if DynamoDB's grammar allows it and it is no
 * reserved word: no placeholder is shorter. Every other name gets a placeholder, and the names that
 * are used most get the shortest ones. Names of three characters and more never stand as they are:
 * an expression that DynamoDB takes has too few names for a placeholder of four characters, and so
 * the long list of reserved words is not needed.
 *
 * @param byName how to write each name
 * @param placeholders what each placeholder stands for; empty if no name needs one
 */
record WrittenNames(Map<String, String> byName, Map<String, String> placeholders) {

    private static final int PLACEHOLDER_RADIX = 36;

    private static final Pattern SHORT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]?");

    /**
     * Those of DynamoDB's 573 reserved words that have two letters; none has one letter. DynamoDB
     * does not mind their case.
     */
    private static final Set<String> SHORT_RESERVED_WORDS =
            Set.of("as", "at", "by", "do", "go", "if", "in", "is", "no", "of", "on", "or", "to");

    static WrittenNames of(List<DocumentPath> paths) {
        Map<String, Integer> uses = new LinkedHashMap<>();
        paths.stream()
                .flatMap(path -> path.steps().stream())
                .filter(Name.class::isInstance)
                .forEach(step -> uses.merge(((Name) step).name(), 1, Integer::sum));
        Map<String, String> byName = new LinkedHashMap<>();
        Map<String, String> placeholders = new LinkedHashMap<>();
        // The sort is stable: of names that are used equally often, the first stays first.
        uses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .forEach(name -> {
                    if (standsAsItIs(name)) {
                        byName.put(name, name);
                    } else {
                        String placeholder = placeholder(placeholders.size());
                        byName.put(name, placeholder);
                        placeholders.put(placeholder, name);
                    }
                });
        return new WrittenNames(byName, placeholders);
    }

    private static boolean standsAsItIs(String name) {
        return SHORT_NAME.matcher(name).matches() && !SHORT_RESERVED_WORDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String placeholder(int number) {
        return "#" + Integer.toString(number, PLACEHOLDER_RADIX);
    }
}
