/**
 * The reader of one subtask: drives the cursors of its splits, emits what they fetch, keeps the
 * state and the metrics.
 *
 * <pre>
 *   which thread does what
 *
 *    pool (bounded)            fetcher, decides alone           task
 *   ┌───────────────┐  call   ┌────────────────────────┐       ┌─────────────────────────────────┐
 *   │ makes calls,  │◀────────│ ReplicationSplitReader │       │ ReplicationSourceReader         │
 *   │ blocks        │         │   DueSplits   whose    │ batch │   ChangeEmitter → user's schema │
 *   │ (CallPool)    │─────────▶   turn it is           │──────▶│   SplitState    moves on        │
 *   └───────────────┘ Answered│   SplitCursor what to  │       │   finished      splits kept     │
 *                             │   call, what it means  │◀──────│                                 │
 *                             │   BytesInFlight        │Emitted└───────────────┬─────────────────┘
 *                             └────────────────────────┘WakeUp, Withdrawn      │ ReaderReport,
 *                               one mailbox, first in                          │ SplitsFinished,
 *                               first out                                      │ GapFound,
 *                                                                              ▼ SplitsWithdrawn
 *                                                                          enumerator
 *
 *   the life of a split in a reader
 *
 *    restored or assigned, unfinished                     restored, finished
 *          │                                                    │
 *          ▼         last page or record emitted                ▼
 *        held ────────────────────────────────────────────▶ finished ──▶ forgotten
 *          │         SplitsFinished is sent                 in state,     at ForgetFinished
 *          │                                                never read
 *          └── the stream lost what comes next: GapFound is sent behind everything fetched;
 *              the split stays held and is read no further in this attempt, or, where gaps are
 *              ignored, goes on from the oldest record kept
 *
 *    held or finished ── WithdrawSplits ──▶ gone: at once from all that is emitted, reported and
 *                                           kept in state; from the fetcher and from Flink's books
 *                                           when the fetcher has seen it (Withdrawals)
 * </pre>
 *
 * <p>A page of a Scan is one element, because DynamoDB has no position inside a page; a record of a
 * shard is one each. Flink takes checkpoints between elements.
 *
 * <p>Flink closes a fetcher that has no splits and makes a new one, with a new split reader, when
 * splits come again. So the service belongs to the source reader, and a split reader owns only its
 * pool, its cursors and its mailbox.
 */
package io.dynamoreplica.flink.reader;
