/**
 * The same replication as the SQL script's, as a DataStream job with uids: what a savepoint of one
 * major version of Flink needs to be read by the next.
 */
package io.dynamoreplica.flink.cluster.job;
