/**
 * Shows that the simulation can fail: rules of the production code are broken one at a time, and
 * each has to be found by the checker that guards its promise.
 *
 * <pre>
 *   src/main/java --- snippet replaced ---&gt; compiled in memory
 *                                                 |
 *                                                 v
 *   target/classes, target/test-classes ---&gt; a class loader of its own ---&gt; SimulationRun
 *                                                                         seeds 1, 2, 3 ... until found
 * </pre>
 *
 * <p>The production code has no switch for this: the source itself is changed, and a mutation whose
 * snippet is not there any more fails, so that none is forgotten when a rule changes.
 */
package io.dynamoreplica.flink.simulation.mutation;
