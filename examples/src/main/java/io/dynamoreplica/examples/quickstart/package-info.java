/**
 * The quick start: a DynamoDB table under load, a Flink job that copies it and follows its stream,
 * and a comparison of the replica with the table, item for item. One process, nothing to install.
 *
 * <p>The job itself is {@code quickstart.sql}; the classes here only set the scene, write to the
 * table and judge the result.
 */
package io.dynamoreplica.examples.quickstart;
