/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.IllegalConfigurationException;

/** The keys of all options, and the known keys that are nearest to an unknown one. */
final class OptionNames {

    private static final int MOST_SUGGESTIONS = 3;

    private static final Set<String> KNOWN = Stream.concat(ReplicationOptions.all().stream(), AwsOptions.all().stream())
            .map(ConfigOption::key)
            .collect(Collectors.toUnmodifiableSet());

    private OptionNames() {}

    /**
     * @throws IllegalConfigurationException if a key is unknown; the message names each unknown key
     *     and the nearest known ones
     */
    static void refuseUnknown(Collection<String> keys) {
        Set<String> unknown = new TreeSet<>();
        for (String key : keys) {
            if (!KNOWN.contains(AwsCredentialsParser.declaredKey(key))) {
                unknown.add(key);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalConfigurationException(
                    unknown.stream().map(OptionNames::refusal).collect(Collectors.joining(System.lineSeparator())));
        }
    }

    /** Returns whether an option has one value for all tables of a job, or names the table itself. */
    static boolean isForTheWholeJob(String key) {
        return key.startsWith(AwsOptions.PREFIX)
                || key.equals(ReplicationOptions.TABLE_NAME.key())
                || ReplicationOptions.ofTheJob().stream()
                        .anyMatch(job -> job.key().equals(key));
    }

    private static String refusal(String unknown) {
        String suggestions = nearest(unknown).stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
        return "There is no option '%s'. The nearest options are %s. Correct the key, or remove it."
                .formatted(unknown, suggestions);
    }

    private static List<String> nearest(String unknown) {
        return KNOWN.stream()
                .sorted(Comparator.comparingInt((String known) -> edits(unknown, known))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    /** Returns the edit distance: the number of characters to add, remove or replace. */
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
