/**
 * The tests that keep the documentation equal to the code that it shows.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.examples.docs;
