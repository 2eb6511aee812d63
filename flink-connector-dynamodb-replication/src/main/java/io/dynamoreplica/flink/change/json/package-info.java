/**
 * Changes as JSON text, for whoever wants strings in a topic or a file and no types of ours.
 *
 * <p>Apart from {@code change} because it needs a JSON writer, which events do not.
 */
package io.dynamoreplica.flink.change.json;
