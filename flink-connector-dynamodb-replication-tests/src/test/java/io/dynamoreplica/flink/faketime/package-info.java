/**
 * The connector over a DynamoDB Local for which time passes a thousand times as fast: its shards
 * roll over, its iterators expire and its records are trimmed within seconds, for real.
 *
 * <pre>
 *   wall time   0 s        14 s       29 s       43 s       58 s       72 s       86 s
 *   shard A     ├──────────┤ rolls over                                           ┆ trimmed
 *   shard B                ├──────────┤
 *   shard C                           ├──────────┤
 *   server          4 h        4 h        4 h        4 h        4 h        4 h    = 24 h
 * </pre>
 *
 * <p>Where a test needs nothing but a stream that is a day old, the server's clock is moved on
 * instead.
 *
 * <p>Elsewhere such things are scripted; here nothing of the server's behaviour is ours.
 */
package io.dynamoreplica.flink.faketime;
