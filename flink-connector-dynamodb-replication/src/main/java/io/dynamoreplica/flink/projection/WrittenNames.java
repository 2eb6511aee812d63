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
 * The text that stands for each name in an expression, chosen so that the expression is as short as
 * possible.
 *
 * <p>A name of one or two characters is written as it is, if DynamoDB's grammar allows it and it is
 * not a reserved word, because no placeholder is shorter. Every other name gets a placeholder. The
 * names that are used most get the shortest placeholders.
 *
 * <p>A name of three or more characters always gets a placeholder. An expression that DynamoDB
 * accepts has too few names for a placeholder of four characters, so this costs nothing, and the
 * long list of reserved words is not needed.
 *
 * @param byName the text to write for each name
 * @param placeholders the name for each placeholder; empty if no name needs one
 */
record WrittenNames(Map<String, String> byName, Map<String, String> placeholders) {

    private static final int PLACEHOLDER_RADIX = 36;

    private static final Pattern SHORT_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]?");

    /**
     * The reserved words with two letters, of DynamoDB's 573 reserved words. None has one letter.
     * DynamoDB ignores their case.
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
        // The sort is stable: names that are used equally often keep their order.
        List<String> mostUsedFirst = uses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
        for (String name : mostUsedFirst) {
            if (needsNoPlaceholder(name)) {
                byName.put(name, name);
            } else {
                String placeholder = placeholder(placeholders.size());
                byName.put(name, placeholder);
                placeholders.put(placeholder, name);
            }
        }
        return new WrittenNames(byName, placeholders);
    }

    private static boolean needsNoPlaceholder(String name) {
        return SHORT_NAME.matcher(name).matches() && !SHORT_RESERVED_WORDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String placeholder(int number) {
        return "#" + Integer.toString(number, PLACEHOLDER_RADIX);
    }
}
