/**
 * Support for the tests of all modules: DynamoDB Local as a process of its own, a scripted HTTP
 * endpoint, and, in packages of their own, the in-memory fake, the same fake behind DynamoDB's
 * protocol, the contract of the port, and jobs on a MiniCluster. Nothing here depends on the folder
 * in which the module was built.
 */
package io.dynamoreplica.flink.testing;
