/**
 * The DynamoDB of the simulation: an account in virtual time. It does, as the dice decide, anything that the real
 * DynamoDB may do at any time, and remembers the truth for checkers. For the words, see docs/glossary.md.
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
