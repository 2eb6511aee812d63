/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table.queries;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The declared tables, the queries, and the resulting rows once the tables no longer change.
 *
 * @param name the name in reports
 * @param variants the ways in which it is run, with the same result in each
 * @param session additional options of the session
 * @param statements declarations of additional tables and views
 * @param outputs the queries, which run in one statement set
 */
record QueryCase(
        String name,
        Set<Variant> variants,
        Map<String, String> session,
        List<String> statements,
        List<Output> outputs) {

    /**
     * A query, and the rows that its sink holds in the end.
     *
     * @param key columns of the sink's primary key; empty for a sink that takes retractions
     * @param rows in any order
     */
    record Output(String query, List<String> key, List<String> rows) {}

    private static final Set<Variant> USUAL = EnumSet.of(Variant.BATCH, Variant.COPY_REUSING_OBJECTS, Variant.FOLLOW);

    static QueryCase named(String name) {
        return new QueryCase(name, USUAL, Map.of(), List.of(), List.of());
    }

    /** Returns the same case with another name. */
    QueryCase as(String other) {
        return new QueryCase(other, variants, session, statements, outputs);
    }

    QueryCase inAllVariants() {
        return new QueryCase(name, EnumSet.allOf(Variant.class), session, statements, outputs);
    }

    QueryCase in(Variant first, Variant... more) {
        return new QueryCase(name, EnumSet.of(first, more), session, statements, outputs);
    }

    QueryCase with(String option, String value) {
        Map<String, String> options = new HashMap<>(session);
        options.put(option, value);
        return new QueryCase(name, variants, options, statements, outputs);
    }

    QueryCase declaring(String statement) {
        return new QueryCase(name, variants, session, and(statements, statement), outputs);
    }

    /** Makes a query whose sink upserts by this key. */
    QueryCase upserting(List<String> key, String query, String... rows) {
        return new QueryCase(name, variants, session, statements, and(outputs, new Output(query, key, List.of(rows))));
    }

    /** Makes a query whose sink has no key and takes retractions. */
    QueryCase giving(String query, String... rows) {
        return upserting(List.of(), query, rows);
    }

    /** Returns whether the query names this table or view. */
    boolean names(String table) {
        return Stream.concat(statements.stream(), outputs.stream().map(Output::query))
                .anyMatch(text -> text.contains(table));
    }

    @Override
    public String toString() {
        return name;
    }

    private static <T> List<T> and(List<T> some, T one) {
        List<T> all = new ArrayList<>(some);
        all.add(one);
        return List.copyOf(all);
    }
}
