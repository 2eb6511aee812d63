/**
 * The tests of the fat jar as users get it: its contents, and whether it runs on a Flink without
 * any other libraries. The jar of the connector alone is tested, too. The package exists because
 * neither the connector nor any of its libraries may be on the class path of these tests.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.fatjar;
