/**
 * The fat jar as users get it: what is in it, and whether it runs on a Flink that has nothing else
 * to offer. The jar of the connector alone is looked at, too. Neither the connector nor any of its
 * libraries is on the class path of these tests.
 */
package io.dynamoreplica.flink.fatjar;
