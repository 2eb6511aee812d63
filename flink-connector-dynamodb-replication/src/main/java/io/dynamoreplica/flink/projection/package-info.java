/**
 * The parts of an item that are replicated: DynamoDB's projection expressions. They are parsed and
 * checked before any call. Each Scan sends them to DynamoDB. Stream records hold whole images, so
 * the connector applies the expressions to these images itself.
 *
 * <p>Both ways must have the same result. Otherwise a row would change its shape at the hand-over.
 * The rules were found by asking DynamoDB Local. A test compares them with DynamoDB Local again, for
 * random items and paths:
 *
 * <ul>
 *   <li>The value at the end of a path is taken unchanged, also if it is an empty map or list.
 *   <li>If there is no value at a path, or a value on the way is of another type, the path adds
 *       nothing: no error, and no empty map or list around the missing value. The result may be an
 *       item without attributes.
 *   <li>A path cannot select elements of a set or characters of a string.
 *   <li>Elements of a list keep the order of the list, whatever the order of the paths. They move up
 *       over elements that are left out: {@code tags[2], tags[0]} of {@code [a, b, c]} is {@code [a,
 *       c]}. This is also true for an element in which nothing was found.
 *   <li>Two paths must not overlap ({@code a} and {@code a.b}, or the same path twice), and must not
 *       use one value as a map and as a list ({@code a.b} and {@code a[0]}).
 *   <li>A path must not lead into a key attribute. It is refused as soon as the keys are known. Key
 *       attributes are always replicated, even if no path names them.
 * </ul>
 *
 * <p>Every name that is not very short is sent as a placeholder of the connector. So users need no
 * placeholders for reserved words, and in a list of attributes none for dots and dashes. The limits are DynamoDB's own. The length that counts is that of
 * the text that is sent, with the keys, not of the text that the user wrote.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.projection;
