/**
 * Where readers of tables and streams were seen to lose changes, each as a story over the wire: the
 * real SDK, a real Flink, and a DynamoDB that does what the story needs. What they promise
 * together, and which tests elsewhere cover the rest, is in {@code docs/design/faults.md}.
 */
package io.dynamoreplica.flink.losses;
