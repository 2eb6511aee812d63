/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.GapCause;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The cursor of a shard. It asks for an iterator at the position, then for page after page; each
 * page has the iterator of the next one.
 *
 * <p>A new iterator is asked for at the position after the last record <em>fetched</em>, or at the
 * split's own position if no record was fetched. So no needed record is read twice, and none is left
 * out. Records that are dropped can come again. Only a page without a next iterator ends a shard; the
 * records of that page count.
 *
 * <p>If a needed record was fetched, TRIMMED and NOT_FOUND say that the stream no longer has the next
 * record: a gap. A gap ends the reading. If the terms say so, the cursor goes on from the oldest
 * record kept instead.
 *
 * <p>If no needed record was fetched, TRIMMED and NOT_FOUND say less. The oldest record can be trimmed
 * between two calls, and a trimmed record can be older than every record that is needed. So the
 * cursor asks for a new iterator, with growing waits, until DynamoDB gives a page:
 *
 * <ul>
 *   <li>The time of that page decides whether records can be lost. From {@link
 *       ShardPosition.Beginning} it is a gap if the page comes 24 hours or more after the proof.
 *       {@link ShardPosition.OldestKept} needs only the records that the stream keeps.
 *   <li>A closed shard of which every record is trimmed never gives a page. Only a listing shows
 *       that a shard is closed. So after some consecutive refusals the cursor asks whether the shard
 *       is closed. If it is ({@link #closed}), the next refusal is the end of the shard.
 * </ul>
 */
public final class ShardCursor implements SplitCursor {

    /** Iterators live for 15 minutes. A call with one that is older than this is likely to fail. */
    static final long ITERATOR_MILLIS = 14 * 60_000;

    /**
     * The number of refusals after which trimming between two calls is no longer the likely cause.
     * With the growing waits, the last of them is more than six seconds after the first.
     */
    static final int CONSECUTIVE_TRIMMED = 8;

    /** Lower, because a trimmed record does not make a shard unknown. */
    static final int CONSECUTIVE_NOT_FOUND = 3;

    /**
     * @param since when it was asked for
     */
    private record ShardIterator(String value, long since) {}

    private final ShardSplit split;
    private final ShardTerms terms;
    private final Backoff backoff;

    /** The position up to which records were fetched. */
    private ShardPosition fetched;

    private Optional<ShardIterator> iterator = Optional.empty();
    private long calledAt;
    private long dueAt = Long.MIN_VALUE;

    /** The number of consecutive transient refusals. */
    private int refusals;

    /** How often an iterator was lost or not given since the last page. */
    private int lost;

    /** Used only until a record was fetched. */
    private final TrimDetector trimDetector;

    /** Whether no record will be added to the shard. */
    private boolean closed;

    /**
     * Whether every record so far is dropped because it is older than every record that is needed.
     * Such a shard counts as a shard of which nothing was read.
     */
    private boolean unwanted;

    /** The number of consecutive refusals that say that DynamoDB has no record to give. */
    private int notGiven;

    private boolean done;

    /**
     * @param split not finished
     */
    public ShardCursor(ShardSplit split, ShardTerms terms, Backoff backoff) {
        this.split = split;
        this.terms = terms;
        this.backoff = backoff;
        this.fetched = split.position();
        this.trimDetector = new TrimDetector(split.proof());
        this.done = split.isFinished();
        this.unwanted = split.dropBefore() != ShardSplit.DROP_NOTHING;
    }

    /**
     * Tells the cursor that no record will be added to the shard. If the stream keeps no record of
     * it, the shard has ended.
     */
    public void closed() {
        closed = true;
    }

    @Override
    public long dueAt() {
        return dueAt;
    }

    @Override
    public SplitCall call(long now) {
        if (done) {
            throw new IllegalStateException("Split %s has no call to make".formatted(split.splitId()));
        }
        calledAt = now;
        iterator = iterator.filter(given -> now - given.since() < ITERATOR_MILLIS);
        return currentCall();
    }

    /** Returns the call of the present state: to be made, or made and not answered yet. */
    private SplitCall currentCall() {
        return iterator.isPresent()
                ? new SplitCall.GetRecords(split.shard(), iterator.get().value())
                : new SplitCall.GetShardIterator(split.shard(), fetched);
    }

    @Override
    public Outcome answered(Answer<?> answer, long now) {
        Outcome outcome = meaningOf(answer, now);
        if (!(outcome instanceof Outcome.Refused)) {
            refusals = 0;
        }
        done = outcome.isFinal();
        return outcome;
    }

    private Outcome meaningOf(Answer<?> answer, long now) {
        if (answer instanceof Answer.Refused<?> refused) {
            return refused(refused.refusal(), now);
        } else if (answer instanceof Answer.Ok<?> ok && ok.value() instanceof ShardPage page) {
            return read(page, now);
        } else if (answer instanceof Answer.Ok<?> ok && ok.value() instanceof String value) {
            iterator = Optional.of(new ShardIterator(value, calledAt));
            trimDetector.iteratorGiven();
            dueAt = now;
            return new Outcome.Progressed();
        }
        throw new IllegalStateException("Split %s did not ask for %s".formatted(split.splitId(), answer));
    }

    private Outcome read(ShardPage page, long now) {
        long answered = page.serverTime().toEpochMilli();
        boolean untouched = fetched instanceof ShardPosition.Beginning;
        if (untouched && trimDetector.mayHaveLostRecordsAt(answered)) {
            return gap(
                    GapCause.AGED_OUT,
                    "it was not asked for records within the 24 hours for which the stream keeps them",
                    now);
        }
        lost = 0;
        notGiven = 0;
        int records = page.records().size();
        if (records > 0) {
            unwanted &= page.records().stream().allMatch(this::isUnwanted);
            fetched = new ShardPosition.After(page.records().get(records - 1).sequenceNumber());
        }
        iterator = page.nextIterator().map(next -> new ShardIterator(next, calledAt));
        dueAt = records > 0 ? now : now + terms.pollMillis();
        return new Outcome.Read(
                page, untouched && records == 0 ? trimDetector.emptyPage(answered) : OptionalLong.empty());
    }

    private Outcome refused(Refusal refusal, long now) {
        if (refusal.kind().isTransient()) {
            refusals++;
            dueAt = now + backoff.delay(refusals, split.splitId());
            return new Outcome.Refused(refusal, dueAt);
        }
        return switch (refusal.kind()) {
            case ITERATOR_EXPIRED -> {
                notGiven = 0;
                yield iterator.isPresent() ? newIterator(refusal, now) : failed(refusal);
            }
            case TRIMMED, NOT_FOUND ->
                fetched instanceof ShardPosition.After && !unwanted ? gap(refusal, now) : nothingGiven(refusal, now);
            default -> failed(refusal);
        };
    }

    private boolean isUnwanted(StreamRecord record) {
        return record.created().toEpochMilli() < split.dropBefore();
    }

    /**
     * Handles a refusal before a record that is needed was fetched. Records that were fetched and
     * are dropped can come a second time.
     */
    private Outcome nothingGiven(Refusal refusal, long now) {
        if (fetched instanceof ShardPosition.After) {
            fetched = ShardPosition.BEGINNING;
        }
        notGiven++;
        boolean oftenEnough =
                notGiven >= (refusal.kind() == Refusal.Kind.NOT_FOUND ? CONSECUTIVE_NOT_FOUND : CONSECUTIVE_TRIMMED);
        if (oftenEnough && closed) {
            return new Outcome.NothingKept();
        }
        Outcome iteratorLost = newIterator(refusal, now);
        return oftenEnough ? new Outcome.NothingGiven(refusal) : iteratorLost;
    }

    /**
     * Asks for a new iterator: immediately the first time, then after growing waits, so that an
     * iterator that is lost again and again does not cause calls without a pause.
     */
    private Outcome newIterator(Refusal refusal, long now) {
        lost++;
        iterator = Optional.empty();
        dueAt = lost == 1 ? now : now + backoff.delay(lost - 1, split.splitId());
        return new Outcome.IteratorLost(refusal);
    }

    private Outcome gap(Refusal refusal, long now) {
        String detail = "%s was refused: %s".formatted(currentCall().operation(), refusal.message());
        return gap(GapCause.TRIMMED, detail, now);
    }

    /**
     * Ends the reading, or goes on from the oldest record kept. In the second case the cursor asks
     * for a new iterator, and a page that was fetched is dropped, because it begins behind that
     * record.
     */
    private Outcome gap(GapCause cause, String detail, long now) {
        if (terms.goesOnAfterGap()) {
            fetched = ShardPosition.OLDEST_KEPT;
            iterator = Optional.empty();
            lost = 0;
            notGiven = 0;
            dueAt = now;
        }
        return new Outcome.Gap(cause, detail, terms.goesOnAfterGap());
    }

    private Outcome failed(Refusal refusal) {
        String operation = currentCall().operation();
        return new Outcome.Failed(
                """
                DynamoDB refused %s of shard %s of table %s (split %s): %s. The same call would be refused again, \
                so the job fails. If the table or its stream was replaced, start a fresh copy of the table"""
                        .formatted(operation, split.shardId(), split.table(), split.splitId(), refusal.message()));
    }
}
