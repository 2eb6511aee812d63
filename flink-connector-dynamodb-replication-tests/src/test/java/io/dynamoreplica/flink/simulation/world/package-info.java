/**
 * The DynamoDB of the simulation: an account in virtual time that does, as dice decide, whatever
 * the real one may do at any time, and remembers the truth for checkers.
 *
 * <pre>
 *            happen(), pass(millis)                         calls of enumerator and readers
 *                    |                                                  |
 *                    v                                                  v
 *   WorldPlan --> World ---- writes, roll-overs, losses -->  FakeDynamoDb (held to the port's contract)
 *                    |
 *                    `------ what really happened --------&gt; Truth ---- checkers
 * </pre>
 */
package io.dynamoreplica.flink.simulation.world;
