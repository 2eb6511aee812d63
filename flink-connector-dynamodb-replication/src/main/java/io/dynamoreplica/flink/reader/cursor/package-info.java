/**
 * What the next call for a split is, when it is due, and what its answer means. A cursor is one
 * split's place in that; it has no thread, clock or connection, so that whole histories of expiry,
 * throttling and trimming run in a test within milliseconds.
 *
 * <p>A cursor stands at what was <em>fetched</em>; what was <em>emitted</em> is the split's state,
 * which lags behind. Dropping the records before the anchor is decided there, too: the rule counts
 * records into the state and has to survive a restore. Which splits a reader answers for at all is
 * in {@link HeldSplits}.
 *
 * <pre>
 *   ScanCursor
 *                                       page with LastEvaluatedKey
 *                                     ┌──────────────┐
 *                                     ▼              │
 *     Start ── DescribeTable (*) ── Scan ────────────┴── page without ──▶ done
 *                                    ▲ │    ▲
 *     After ─────────────────────────┘ │    └─ THROTTLED, UNAVAILABLE, DENIED,
 *                                      │       UNKNOWN, NOT_FOUND: again, later
 *                                      └────── INVALID: failed, unless a page was read before
 *
 *     (*) for the names of the key attributes, unless another segment of the table has asked
 *
 *   ShardCursor
 *                      page with records: at once, empty page: after a rest
 *                                        ┌─────────────┐
 *                                        ▼             │
 *     position ── GetShardIterator ── GetRecords ──────┴── no next iterator ──▶ done
 *                  ▲     ▲              │  │  ▲
 *                  │     │  expired,    │  │  └─ THROTTLED, UNAVAILABLE, DENIED, UNKNOWN: again
 *                  │     └─ 14 min old ─┘  ├──── TRIMMED, NOT_FOUND, not asked for a day: gap
 *                  │                       └──── INVALID: failed
 *                  └─ refused in passing: again, later
 *
 *     At a gap the cursor stops, or, where gaps are ignored, goes on from OldestKept.
 *     At OldestKept TRIMMED asks for a new iterator; if it stays so, and at NOT_FOUND, the shard is
 *     done: nothing of it is kept.
 * </pre>
 */
package io.dynamoreplica.flink.reader.cursor;
