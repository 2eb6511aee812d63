/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import io.dynamoreplica.flink.config.TableSelection.Matching;
import io.dynamoreplica.flink.config.TableSelection.Named;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.IllegalConfigurationException;

/**
 * Which tables a job replicates. A table that is named is replicated as its name says, whatever
 * patterns match it; of several patterns the first decides.
 *
 * @param selections in the order in which the user gave them
 * @param excepted tables that no pattern selects; none unless there is a pattern
 */
@Internal
public record TableSelections(List<TableSelection> selections, List<Pattern> excepted) {

    /** Enough to see what a pattern should have been; an account can have thousands. */
    private static final int MOST_TABLES_SHOWN = 10;

    public TableSelections {
        selections = List.copyOf(selections);
        excepted = List.copyOf(excepted);
        if (!excepted.isEmpty() && of(Matching.class, selections).isEmpty()) {
            throw new IllegalConfigurationException("Tables are excepted ("
                    + excepted
                    + "), but no pattern selects any. Select tables by a pattern or all of"
                    + " them, or remove the exception: of tables that are named, leave out"
                    + " the name.");
        }
    }

    /** Whether it takes a list of the tables that exist to tell. */
    public boolean needListing() {
        return !matching().isEmpty();
    }

    /**
     * Exceptions that make no difference, because no pattern would have selected such a table. Each
     * may be a slip, after which a table is replicated that should not be.
     *
     * @param existing names of the tables there are
     */
    public List<Pattern> idleExceptions(Collection<String> existing) {
        List<String> selected = existing.stream()
                .filter(table -> matching().stream().anyMatch(some -> some.covers(table)))
                .toList();
        return excepted.stream()
                .filter(names -> selected.stream().noneMatch(names.asMatchPredicate()))
                .toList();
    }

    /**
     * The tables, those with a name first, then those that patterns select, by their names.
     *
     * @param existing names of the tables there are; not looked at unless {@link #needListing}
     * @param job what holds for a table that has nothing else of its own
     * @throws IllegalConfigurationException if a pattern selects nothing, or a table is selected by
     *     its name and by its ARN
     */
    public List<TableOptions> resolve(Collection<String> existing, TableSettings job) {
        refuseNamesBesideTheirArns();
        List<TableOptions> resolved = new ArrayList<>();
        for (Named named : named()) {
            resolved.add(named.settings().of(named.name(), job));
        }
        Set<String> candidates = candidates(existing);
        matching().forEach(pattern -> refuseIdle(pattern, candidates, existing));
        candidates.removeAll(named().stream().map(Named::name).collect(Collectors.toSet()));
        for (String table : candidates) {
            matching().stream()
                    .filter(pattern -> pattern.covers(table))
                    .findFirst()
                    .ifPresent(pattern -> resolved.add(select(table, pattern, job)));
        }
        return resolved;
    }

    /** State, splits and rows would know them as two tables. */
    private void refuseNamesBesideTheirArns() {
        for (Named byName : named()) {
            for (Named byArn : named()) {
                if (TableNames.isArnOf(byArn.name(), byName.name())) {
                    throw new IllegalConfigurationException("Table "
                            + byName.name()
                            + " is named, and the ARN "
                            + byArn.name()
                            + " may be the same table. Name it once; if they are two tables,"
                            + " of two regions or accounts, name both by their ARNs.");
                }
            }
        }
    }

    private TableOptions select(String table, Matching pattern, TableSettings job) {
        for (Named named : named()) {
            if (TableNames.isArnOf(named.name(), table)) {
                throw new IllegalConfigurationException("Table "
                        + table
                        + " matches '"
                        + pattern.names()
                        + "', and the ARN "
                        + named.name()
                        + " may be the same table. Name it by its name, or except the name.");
            }
        }
        return pattern.settings().of(table, job);
    }

    private Set<String> candidates(Collection<String> existing) {
        Set<String> candidates = new TreeSet<>(existing);
        candidates.removeIf(table ->
                excepted.stream().anyMatch(names -> names.matcher(table).matches()));
        return candidates;
    }

    /** A pattern with a slip in it must not pass for a job that has nothing to do. */
    private static void refuseIdle(Matching pattern, Set<String> candidates, Collection<String> existing) {
        if (candidates.stream().noneMatch(pattern::covers)) {
            throw new IllegalConfigurationException("No table matches '"
                    + pattern.names()
                    + "'. Of those that exist ("
                    + shown(existing)
                    + ") none but excepted ones have such a name, in the account and region"
                    + " that are used. Check the pattern, which has to match the whole name,"
                    + " 'aws.region' and whose credentials are used.");
        }
    }

    private static String shown(Collection<String> existing) {
        String first = existing.stream().sorted().limit(MOST_TABLES_SHOWN).collect(Collectors.joining(", "));
        int more = existing.size() - MOST_TABLES_SHOWN;
        return existing.isEmpty() ? "there is no table" : first + (more > 0 ? " and " + more + " more" : "");
    }

    private List<Named> named() {
        return of(Named.class);
    }

    private List<Matching> matching() {
        return of(Matching.class);
    }

    private <S extends TableSelection> List<S> of(Class<S> kind) {
        return of(kind, selections);
    }

    private static <S extends TableSelection> List<S> of(Class<S> kind, List<TableSelection> selections) {
        return selections.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
