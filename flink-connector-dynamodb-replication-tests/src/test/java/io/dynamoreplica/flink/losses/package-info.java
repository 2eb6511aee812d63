/**
 * Tests of the situations in which readers of tables and streams were seen to lose changes. Each runs over the
 * wire, with the real SDK, a real Flink, and a DynamoDB that shows the fault. {@code docs/design/faults.md} lists
 * what these tests assert together, and which tests elsewhere cover the rest. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.losses;
