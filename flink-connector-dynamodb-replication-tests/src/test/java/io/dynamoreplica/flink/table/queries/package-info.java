/**
 * A matrix of SQL queries as users write them. Each case is a small record with the declared tables, the
 * queries and the resulting rows. It is run in several ways (batch, a copy as a stream, a copy that is
 * followed by changes; with and without object reuse), and the rows are compared. For the words, see
 * docs/glossary.md.
 *
 * <pre>
 *   QueryCases ──▶ QueryCase ──QuerySession──▶ plan ──▶ kept-rows, a sink of tests ──▶ rows compared
 *                      │
 *                      └── OrdersShop: two tables of a simulated server, and their changes
 * </pre>
 *
 * <p>To add a case, add a line to one of the lists of cases. The cases are also planned, without a
 * cluster, on the Flink versions between the oldest and the newest.
 */
package io.dynamoreplica.flink.table.queries;
