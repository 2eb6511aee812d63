/**
 * Tests that the simulation can fail. Rules of the production code are broken one at a time, and the checker of the
 * broken promise must find each of them. For the words, see docs/glossary.md.
 *
 * <pre>
 *   src/main/java --- snippet replaced ---&gt; compiled in memory
 *                                                 |
 *                                                 v
 *   target/classes, target/test-classes ---&gt; a class loader of its own ---&gt; SimulationRun
 *                                                                         seeds 1, 2, 3 ... until found
 * </pre>
 *
 * <p>The production code has no switch for this: the source itself is changed. If the snippet of a mutation is no
 * longer in the source, the mutation fails. Therefore no mutation is forgotten when a rule changes.
 */
package io.dynamoreplica.flink.simulation.mutation;
