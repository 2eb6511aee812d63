/**
 * The same replication as the SQL script's, as a DataStream job with uids. It exists because a
 * savepoint of one major version of Flink can be read by the next one only if the operators have
 * uids.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.cluster.job;
