/**
 * Proves that the tests of the connector that run in this module run what they claim to: the
 * packaged jar, on the newest Flink.
 */
package io.dynamoreplica.flink.newest;
