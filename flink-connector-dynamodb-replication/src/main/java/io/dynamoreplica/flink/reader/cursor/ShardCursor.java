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
import org.apache.flink.annotation.Internal;

/**
 * Reads a shard: an iterator for the position, then page after page, each with the iterator of the
 * next.
 *
 * <p>An iterator is renewed for the position after the last record <em>fetched</em>, or for the
 * split's own if it never returned one: so nothing is read twice, and nothing is left out. Only a
 * page without a next iterator ends a shard; that page's records count.
 *
 * <p>After a record TRIMMED and NOT_FOUND say that the stream no longer has what comes next: a gap.
 * A gap ends the reading. If the terms say so, it is passed: the cursor goes on from the oldest
 * record kept.
 *
 * <p>Before the first record they say less. The oldest record can be trimmed between two calls, and
 * what was trimmed can be older than anything that is needed. So the cursor asks for a new
 * iterator, with growing rests, until DynamoDB gives a page:
 *
 * <ul>
 *   <li>The time of that page decides whether something can be lost: from {@link
 *       ShardPosition.Beginning} it is a gap if the page comes 24 hours or more after the proof.
 *       {@link ShardPosition.OldestKept} asks for no more than the stream keeps.
 *   <li>A closed shard of which every record is trimmed never gives a page. Only a listing shows
 *       that a shard is closed, so after some refusals in a row the cursor asks whether it is. When
 *       it is told so ({@link #closed}), the next refusal is the end of the shard.
 * </ul>
 */
@Internal
public final class ShardCursor implements SplitCursor {

    /** Iterators live for 15 minutes; one that is older than this is not worth a call. */
    static final long ITERATOR_MILLIS = 14 * 60_000;

    /**
     * A record that is trimmed between two calls is rare. So many refusals, with rests that grow to
     * more than six seconds, are no coincidence.
     */
    static final int TRIMMED_IN_A_ROW = 8;

    /** No record that is trimmed makes a shard unknown, so fewer refusals will do. */
    static final int NOT_FOUND_IN_A_ROW = 3;

    /**
     * @param since when it was asked for
     */
    private record ShardIterator(String value, long since) {}

    private final ShardSplit split;
    private final ShardTerms terms;
    private final Backoff backoff;

    /** How far records were fetched. */
    private ShardPosition fetched;

    private Optional<ShardIterator> iterator = Optional.empty();
    private long calledAt;
    private long dueAt = Long.MIN_VALUE;

    /** Passing refusals in a row. */
    private int refusals;

    /** How often in a row an iterator was lost or not given, without a page between. */
    private int lost;

    /** Counts as long as no record was fetched. */
    private final TrimDetector trimDetector;

    /** Whether no record will be added to the shard. */
    private boolean closed;

    /**
     * Whether every record so far is to be dropped, because it was made before anything that is
     * needed: then nothing of the shard counts as read.
     */
    private boolean unwanted;

    /** How often in a row a record was asked for and none was there. */
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
     * Tells that no record will be added to the shard. If the stream keeps none of it, nothing
     * follows.
     */
    public void closed() {
        closed = true;
    }

    @Override
    public long dueAt() {
        return dueAt;
    }

    @Override
    public Call call(long now) {
        if (done) {
            throw new IllegalStateException("Split " + split.splitId() + " has no call to make");
        }
        calledAt = now;
        iterator = iterator.filter(held -> now - held.since() < ITERATOR_MILLIS);
        return iterator.<Call>map(held -> new Call.GetRecords(split.shard(), held.value()))
                .orElseGet(() -> new Call.GetShardIterator(split.shard(), fetched));
    }

    @Override
    public Outcome answered(Reply reply, long now) {
        Outcome outcome = meaningOf(reply, now);
        if (!(outcome instanceof Outcome.Refused)) {
            refusals = 0;
        }
        done = outcome.isFinal();
        return outcome;
    }

    private Outcome meaningOf(Reply reply, long now) {
        if (reply instanceof Reply.OfGetShardIterator given) {
            if (given.answer() instanceof Answer.Refused<String> refused) {
                return refused("GetShardIterator", refused.refusal(), now);
            }
            String value = ((Answer.Ok<String>) given.answer()).value();
            iterator = Optional.of(new ShardIterator(value, calledAt));
            trimDetector.iteratorGiven();
            dueAt = now;
            return new Outcome.Progressed();
        }
        if (reply instanceof Reply.OfGetRecords got) {
            if (got.answer() instanceof Answer.Refused<ShardPage> refused) {
                return refused("GetRecords", refused.refusal(), now);
            }
            return read(((Answer.Ok<ShardPage>) got.answer()).value(), now);
        }
        throw new IllegalStateException("Split " + split.splitId() + " did not ask for " + reply);
    }

    private Outcome read(ShardPage page, long now) {
        long answered = page.serverTime().toEpochMilli();
        boolean untouched = fetched instanceof ShardPosition.Beginning;
        if (untouched && trimDetector.isOutlivedAt(answered)) {
            return gap(
                    GapCause.AGED_OUT,
                    "it was not asked for records within the 24 hours for which the stream keeps" + " them",
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

    private Outcome refused(String operation, Refusal refusal, long now) {
        if (refusal.kind().isPassing()) {
            refusals++;
            dueAt = now + backoff.delay(refusals, split.splitId());
            return new Outcome.Refused(refusal, dueAt);
        }
        return switch (refusal.kind()) {
            case ITERATOR_EXPIRED -> {
                notGiven = 0;
                yield iterator.isPresent() ? renew(refusal, now) : failed(operation, refusal);
            }
            case TRIMMED, NOT_FOUND ->
                fetched instanceof ShardPosition.After && !unwanted
                        ? gap(operation, refusal, now)
                        : nothingGiven(refusal, now);
            default -> failed(operation, refusal);
        };
    }

    private boolean isUnwanted(StreamRecord record) {
        return record.created().toEpochMilli() < split.dropBefore();
    }

    /**
     * No record that is needed was fetched yet, and DynamoDB gives none. What was fetched and is to
     * be dropped may come again.
     */
    private Outcome nothingGiven(Refusal refusal, long now) {
        if (fetched instanceof ShardPosition.After) {
            fetched = ShardPosition.BEGINNING;
        }
        notGiven++;
        boolean oftenEnough =
                notGiven >= (refusal.kind() == Refusal.Kind.NOT_FOUND ? NOT_FOUND_IN_A_ROW : TRIMMED_IN_A_ROW);
        if (oftenEnough && closed) {
            return new Outcome.NothingKept();
        }
        Outcome renewed = renew(refusal, now);
        return oftenEnough ? new Outcome.NothingGiven(refusal) : renewed;
    }

    /** A new iterator, at once the first time: one that is lost again and again must not spin. */
    private Outcome renew(Refusal refusal, long now) {
        lost++;
        iterator = Optional.empty();
        dueAt = lost == 1 ? now : now + backoff.delay(lost - 1, split.splitId());
        return new Outcome.IteratorLost(refusal);
    }

    private Outcome gap(String operation, Refusal refusal, long now) {
        return gap(GapCause.TRIMMED, operation + " was refused: " + refusal.message(), now);
    }

    /** Whoever goes on asks for the oldest record kept, and drops a page that begins behind it. */
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

    private Outcome failed(String operation, Refusal refusal) {
        return new Outcome.Failed("DynamoDB refused "
                + operation
                + " of shard "
                + split.shardId()
                + " of table "
                + split.table()
                + " (split "
                + split.splitId()
                + "): "
                + refusal.message()
                + ". The same call would be refused again, so the job fails. If the table or its stream was"
                + " replaced, start a fresh copy of the table");
    }
}
