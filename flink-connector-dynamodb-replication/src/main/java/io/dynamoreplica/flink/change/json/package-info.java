/**
 * Changes as JSON text, for a topic or a file that needs strings and not the types of {@code change}.
 *
 * <p>The package is separate from {@code change} because it needs a JSON writer, and events do not. For
 * the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.change.json;
