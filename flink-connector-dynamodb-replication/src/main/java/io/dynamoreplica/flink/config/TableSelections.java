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
 * The selection of the tables that a job replicates. If a table is selected by its name, the
 * settings of that selection apply, whatever patterns match it. If several patterns match a table,
 * the first one decides.
 *
 * @param selections in the order in which the user added them
 * @param excepted the tables that no pattern selects; empty if there is no pattern
 */
@Internal
public record TableSelections(List<TableSelection> selections, List<Pattern> excepted) {

    /** The number of names in an error message. An account can have thousands of tables. */
    private static final int MOST_TABLES_SHOWN = 10;

    public TableSelections {
        selections = List.copyOf(selections);
        excepted = List.copyOf(excepted);
        if (!excepted.isEmpty() && of(Matching.class, selections).isEmpty()) {
            String message =
                    """
                    Tables are excepted (%s), but no pattern selects any. Select tables by a pattern, or all \
                    tables. Or remove the exception: to leave out a table that is named, remove the name.""";
            throw new IllegalConfigurationException(message.formatted(excepted));
        }
    }

    /** Returns whether {@link #resolve} needs the names of the existing tables. */
    public boolean needListing() {
        return !matching().isEmpty();
    }

    /**
     * Returns the exceptions that have no effect, because no pattern selects such a table. Each may be
     * a typing error, and then a table is replicated that should not be.
     *
     * @param existing the names of the existing tables
     */
    public List<Pattern> exceptionsWithoutEffect(Collection<String> existing) {
        List<String> selected = existing.stream()
                .filter(table -> matching().stream().anyMatch(some -> some.matches(table)))
                .toList();
        return excepted.stream()
                .filter(names -> selected.stream().noneMatch(names.asMatchPredicate()))
                .toList();
    }

    /**
     * Returns the tables with their complete settings: first the tables that are named, then the
     * tables that patterns select, sorted by name.
     *
     * @param existing the names of the existing tables; ignored unless {@link #needListing}
     * @param job the settings for tables without settings of their own
     * @throws IllegalConfigurationException if a pattern selects no table, or a table is selected by
     *     its name and by its ARN
     */
    public List<Named> resolve(Collection<String> existing, TableSettings job) {
        refuseNamesBesideTheirArns();
        List<Named> resolved = new ArrayList<>();
        for (Named named : named()) {
            resolved.add(named.settings().forTable(named.name(), job));
        }
        Set<String> candidates = candidates(existing);
        matching().forEach(pattern -> refuseWithoutMatch(pattern, candidates, existing));
        candidates.removeAll(named().stream().map(Named::name).collect(Collectors.toSet()));
        for (String table : candidates) {
            matching().stream()
                    .filter(pattern -> pattern.matches(table))
                    .findFirst()
                    .ifPresent(pattern -> resolved.add(select(table, pattern, job)));
        }
        return resolved;
    }

    /** Refuses a table that is named twice. State, splits and rows would treat it as two tables. */
    private void refuseNamesBesideTheirArns() {
        for (Named byName : named()) {
            for (Named byArn : named()) {
                if (TableNames.isArnOf(byArn.name(), byName.name())) {
                    throw namedTwice(byName, byArn);
                }
            }
        }
    }

    private static IllegalConfigurationException namedTwice(Named byName, Named byArn) {
        String message =
                """
                Table %s is named, and the ARN %s may be the same table. Name it once. If they are two tables, of \
                two regions or accounts, name both by their ARNs.""";
        return new IllegalConfigurationException(message.formatted(byName.name(), byArn.name()));
    }

    private Named select(String table, Matching pattern, TableSettings job) {
        for (Named named : named()) {
            if (TableNames.isArnOf(named.name(), table)) {
                String message =
                        """
                        Table %s matches '%s', and the ARN %s may be the same table. Name it by its name, or except \
                        the name.""";
                throw new IllegalConfigurationException(message.formatted(table, pattern.names(), named.name()));
            }
        }
        return pattern.settings().forTable(table, job);
    }

    private Set<String> candidates(Collection<String> existing) {
        Set<String> candidates = new TreeSet<>(existing);
        candidates.removeIf(table ->
                excepted.stream().anyMatch(names -> names.matcher(table).matches()));
        return candidates;
    }

    /** Refuses a pattern without a match: a typing error must not lead to a job without tables. */
    private static void refuseWithoutMatch(Matching pattern, Set<String> candidates, Collection<String> existing) {
        if (candidates.stream().noneMatch(pattern::matches)) {
            String message =
                    """
                    No table matches '%s', or only excepted tables do. The tables of this account and region are: \
                    %s. Check the pattern, which has to match the whole name, the option 'aws.region', and the \
                    account of the credentials.""";
            throw new IllegalConfigurationException(message.formatted(pattern.names(), shown(existing)));
        }
    }

    private static String shown(Collection<String> existing) {
        String first = existing.stream().sorted().limit(MOST_TABLES_SHOWN).collect(Collectors.joining(", "));
        int more = existing.size() - MOST_TABLES_SHOWN;
        if (existing.isEmpty()) {
            return "none";
        }
        return more > 0 ? "%s and %s more".formatted(first, more) : first;
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
