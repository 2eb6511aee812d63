/**
 * Which parts of an item are replicated: DynamoDB's projection expressions, parsed and checked
 * before anything is asked, sent with each Scan, and applied by us to the images of a stream, which
 * DynamoDB records whole.
 *
 * <p>Both must come to the same result, else a row would change its shape at the hand-over. The
 * rules, found by asking DynamoDB Local and kept by a test that asks it again with random items and
 * paths:
 *
 * <ul>
 *   <li>What stands at the end of a path is taken as it is; an empty map or list too.
 *   <li>A path that meets nothing, or a value of another type on its way, adds nothing: neither an
 *       error nor an empty map or list around what was not found. An item may come to nothing.
 *   <li>Sets have no elements to a path, and strings no characters.
 *   <li>Elements of a list keep the order of the list, whatever the order of the paths, and move up
 *       over those that are left out: {@code tags[2], tags[0]} of {@code [a, b, c]} is {@code [a,
 *       c]}. That is so also for an element in which nothing was found.
 *   <li>Two paths may not overlap ({@code a} and {@code a.b}, or the same twice), nor take one
 *       value for a map and for a list ({@code a.b} and {@code a[0]}).
 *   <li>No path leads into a key attribute: it is refused as soon as the keys are known. Key
 *       attributes are replicated whether or not they are named.
 * </ul>
 *
 * <p>Every name that is not very short is sent as a placeholder of our own, so that reserved words,
 * dots and dashes need none of the user's. The limits are DynamoDB's. What counts for the length is
 * the text that is sent, with the keys in it, not the text that the user wrote.
 */
package io.dynamoreplica.flink.projection;
