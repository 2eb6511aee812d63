/**
 * Tests with a DynamoDB Local on which time passes a thousand times as fast. Its shards really roll over, its
 * iterators really expire, and its records are really trimmed, all within seconds. For the words, see
 * docs/glossary.md.
 *
 * <pre>
 *   wall time   0 s        14 s       29 s       43 s       58 s       72 s       86 s
 *   shard A     ├──────────┤ rolls over                                           ┆ trimmed
 *   shard B                ├──────────┤
 *   shard C                           ├──────────┤
 *   server          4 h        4 h        4 h        4 h        4 h        4 h    = 24 h
 * </pre>
 *
 * <p>If a test only needs a stream that is a day old, it moves the server's clock forward instead.
 *
 * <p>Other packages script such events. Here, the server's behaviour is its own.
 */
package io.dynamoreplica.flink.faketime;
