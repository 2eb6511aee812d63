/**
 * A matrix of SQL queries as people write them. Each case is a small record: what is declared, what
 * is asked, which rows come out. It is run in several ways (batch, a copy as a stream, a copy that
 * is followed by changes; with and without object reuse), and the rows are compared.
 *
 * <pre>
 *   QueryCases ──▶ QueryCase ──QuerySession──▶ plan ──▶ kept-rows, a sink of tests ──▶ rows compared
 *                      │
 *                      └── OrdersShop: two tables behind the wire, and the changes made to them
 * </pre>
 *
 * <p>To add a case, add a line to one of the lists of cases. The cases are also planned, without a
 * cluster, on the Flink versions between the oldest and the newest.
 */
package io.dynamoreplica.flink.table.queries;
