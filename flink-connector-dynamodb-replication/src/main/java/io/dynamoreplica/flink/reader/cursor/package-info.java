/**
 * The rules of reading a split: what its next call is, when the call is due, and what the answer
 * means. A cursor applies these rules to one split. It has no thread, clock or connection, so that a
 * test runs whole histories of expiry, throttling and trimming within milliseconds. For the words,
 * see docs/glossary.md.
 *
 * <p>A cursor has the position up to which the split was <em>fetched</em>. The split's state has the
 * position up to which it was <em>emitted</em>, which is behind. The rule that drops records before
 * the anchor is in the state, too, because it has to survive a restore. {@link HeldSplits} knows the
 * splits for which the reader is responsible.
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
 *                                      └────── INVALID: failed (**)
 *
 *     (*) for the names of the key attributes, unless another segment of the table has asked
 *     (**) if a page was read before: again, later; at a restored position: again for 2 minutes, then failed
 *
 *   ShardCursor
 *                      page with records: immediately, empty page: after a wait
 *                                        ┌─────────────┐
 *                                        ▼             │
 *     position ── GetShardIterator ── GetRecords ──────┴── no next iterator ──▶ done
 *                  ▲     ▲              │  │  ▲
 *                  │     │  expired,    │  │  └─ THROTTLED, UNAVAILABLE, DENIED, UNKNOWN: again
 *                  │     └─ 14 min old ─┘  ├──── TRIMMED, NOT_FOUND, not asked for a day: gap
 *                  │                       └──── INVALID: failed
 *                  └─ transient refusal: again, later
 *
 *     TRIMMED and NOT_FOUND are a gap only after a record that is needed was fetched. Before that
 *     the cursor asks for a new iterator; after many refusals, and if the shard is closed, it is
 *     done: the stream keeps no record of it.
 *     At a gap the cursor stops, or, if gaps are ignored, goes on from OldestKept.
 * </pre>
 */
package io.dynamoreplica.flink.reader.cursor;
