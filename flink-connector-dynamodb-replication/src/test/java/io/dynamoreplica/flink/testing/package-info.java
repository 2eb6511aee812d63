/**
 * What the tests stand on: DynamoDB Local as a process of its own, a scripted HTTP endpoint, and
 * (in packages of their own) the in-memory fake, and the same fake behind DynamoDB's protocol. Also
 * used from the test jar by other modules, so nothing here knows where this module was built.
 */
package io.dynamoreplica.flink.testing;
