/**
 * The tests of the fat jar on a Flink of several processes, as in production: one JobManager and
 * two TaskManagers, each in a separate JVM that can be killed.
 *
 * <p>The package exists for cases that a cluster inside the JVM of a test cannot show: a process
 * that ends without notice, messages that never arrive, classes that come only from the submitted
 * jar, and a savepoint of one release of Flink that another release reads.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.cluster;
