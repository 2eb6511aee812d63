/**
 * Support for the tests of all modules: DynamoDB Local in a separate process and a scripted HTTP
 * endpoint. Separate packages contain the in-memory fake, the same fake behind DynamoDB's protocol,
 * the contract of the port, and jobs on a MiniCluster. Nothing here depends on the folder in which
 * the module was built.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.testing;
