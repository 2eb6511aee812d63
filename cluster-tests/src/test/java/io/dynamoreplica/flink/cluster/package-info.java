/**
 * The fat jar on a Flink of several processes, as it runs in production: one JobManager, two
 * TaskManagers, each a JVM of its own that can be killed.
 *
 * <p>Here is shown what a cluster inside the JVM of a test cannot show: a process that is gone
 * without a word, messages that never arrive, classes that come from the submitted jar alone, and a
 * savepoint of one release of Flink that another one reads.
 */
package io.dynamoreplica.flink.cluster;
