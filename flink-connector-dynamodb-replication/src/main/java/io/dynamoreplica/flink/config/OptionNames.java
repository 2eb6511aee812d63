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

/** Knows every option's key, and what somebody may have meant by another. */
final class OptionNames {

    private static final int MOST_SUGGESTIONS = 3;

    private static final Set<String> KNOWN = Stream.concat(ReplicationOptions.all().stream(), AwsOptions.all().stream())
            .map(ConfigOption::key)
            .collect(Collectors.toUnmodifiableSet());

    private OptionNames() {}

    /**
     * @throws IllegalConfigurationException naming each unknown key and what comes near it
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

    /** Whether tables of one job cannot differ in it; also of one that names a table. */
    static boolean holdsForTheJob(String key) {
        return key.startsWith(AwsOptions.PREFIX)
                || key.equals(ReplicationOptions.TABLE_NAME.key())
                || ReplicationOptions.ofTheJob().stream()
                        .anyMatch(job -> job.key().equals(key));
    }

    private static String refusal(String unknown) {
        return "There is no option '"
                + unknown
                + "'. Near it are "
                + nearest(unknown).stream().map(key -> "'" + key + "'").collect(Collectors.joining(", "))
                + ".";
    }

    private static List<String> nearest(String unknown) {
        return KNOWN.stream()
                .sorted(Comparator.comparingInt((String known) -> edits(unknown, known))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_SUGGESTIONS)
                .toList();
    }

    /** How many letters must be added, removed or replaced to make one of the other. */
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
