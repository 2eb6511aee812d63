/**
 * The reader of one subtask: it drives the cursors of its splits, emits their pages and records, and
 * keeps the state and the metrics. For the words, see docs/glossary.md.
 *
 * <pre>
 *   which thread does what
 *
 *    pool (bounded)            fetcher, decides alone           task
 *   ┌───────────────┐  call   ┌────────────────────────┐       ┌─────────────────────────────────┐
 *   │ makes calls,  │◀────────│ ReplicationSplitReader │       │ ReplicationSourceReader         │
 *   │ blocks        │         │   DueSplits   which    │ batch │   ChangeEmitter → user's schema │
 *   │ (CallPool)    │─────────▶   split calls next     │──────▶│   SplitState    moves on        │
 *   └───────────────┘ Answered│   SplitCursor its call │       │   HeldSplits    splits kept     │
 *                             │   and its outcome      │◀──────│                                 │
 *                             │   BytesInFlight        │Emitted└───────────────┬─────────────────┘
 *                             └────────────────────────┘WakeUp, Withdrawn,     │ ReaderReport,
 *                               one mailbox, first in   Closed                 │ SplitsFinished,
 *                               first out                                      │ GapFound, NothingGiven,
 *                                                                              ▼ SplitsWithdrawn
 *                                                                          enumerator
 *
 *   the envelopes around a page or record, from the decoded answer to the emitter
 *
 *    call's thread   ScanPage                    ShardPage with StreamRecords
 *                       ▼                           ▼
 *                    Answer.Ok                   Answer.Ok         else Refused: every port answers by a
 *                       ▼                           ▼              value
 *                    Message.Answered            Message.Answered  the mailbox needs the split and the call
 *                       ▼                           ▼
 *    fetcher         Outcome.Scanned             Outcome.Read      the cursor says what the answer means:
 *                       │                           ▼              key names, proof, end
 *    task               │                        ShardRecord       one element for each record, with the
 *                       ▼                           ▼              time of the answer
 *                    ChangeEmitter               ChangeEmitter
 *
 *   Scanned, Gap and NothingGiven are themselves the elements that Flink hands to the emitter
 *   (Fetched). FetchedBatch has the outcomes by split, as they are.
 *
 *   the life of a split in a reader
 *
 *    restored or assigned, unfinished                     restored, finished
 *          │                                                    │
 *          ▼         last page or record emitted                ▼
 *       to read ──────────────────────────────────────────▶ finished ──▶ forgotten
 *          │         SplitsFinished is sent                 in state,     at ForgetFinished
 *          │                                                never read
 *          └── a gap: GapFound is sent after all elements that were fetched before. The split stays
 *              in state and is not read further in this attempt. If gaps are ignored, it is read
 *              from the oldest record kept instead.
 *
 *    to read or finished ── WithdrawSplits ──▶ gone: immediately for everything that the task emits,
 *                                              reports and keeps in state; for the fetcher and for
 *                                              Flink when the fetcher has seen it (Withdrawals)
 * </pre>
 *
 * <p>A page of a Scan is one element, because DynamoDB has no position inside a page. Each record of a
 * shard is one element. Flink takes checkpoints between elements.
 *
 * <p>If a fetcher has no splits, Flink closes it. When splits come again, Flink makes a new fetcher with
 * a new split reader. So the service belongs to the source reader, and a split reader owns only its
 * pool, its cursors and its mailbox.
 */
package io.dynamoreplica.flink.reader;
