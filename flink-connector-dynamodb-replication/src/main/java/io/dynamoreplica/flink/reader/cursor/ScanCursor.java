/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.change.Item;
import io.dynamoreplica.flink.change.ItemCursor;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ScanTerms;
import io.dynamoreplica.flink.service.TableDescription;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/**
 * Reads a segment page by page.
 *
 * <p>Items do not say which of their attributes are the keys. A segment that goes on in the middle
 * knows from its position; one that begins asks DescribeTable, unless another has done so.
 */
@Internal
public final class ScanCursor implements SplitCursor {

    /** Chosen: far more than a description takes that is asked for as the job starts. */
    static final long RESTORED_MILLIS = 2 * 60_000;

    private final ScanSplit split;
    private final ScanTerms terms;
    private final KeyNames keyNames;
    private final Backoff backoff;

    /** Null until they are known; kept, since others may have gone on to a later copy. */
    private List<String> keys;

    /** How far pages were fetched. */
    private ScanPosition fetched;

    private long dueAt;
    private int refusals;
    private boolean hasFetched;

    /** Since when a position of a restored segment has been refused as invalid. */
    private OptionalLong invalidSince = OptionalLong.empty();

    private boolean done;

    /**
     * @param split not finished
     * @param keyNames shared by the cursors of one driver
     */
    public ScanCursor(ScanSplit split, ScanTerms terms, KeyNames keyNames, Backoff backoff) {
        this.split = split;
        this.terms = terms;
        this.keyNames = keyNames;
        this.backoff = backoff;
        this.fetched = split.position();
        this.dueAt = Long.MIN_VALUE;
        this.done = split.isFinished();
        if (fetched instanceof ScanPosition.After after) {
            keyNames.learn(split, after.lastEvaluatedKey());
            keys = keyNames.of(split).orElseThrow();
        }
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
        keys = keyNames.of(split).orElse(keys);
        return keys == null
                ? new Call.DescribeTable(split.table())
                : new Call.Scan(terms.request(split.at(fetched), keys));
    }

    @Override
    public Outcome answered(Reply reply, long now) {
        Outcome outcome = meaningOf(reply, now);
        if (!(outcome instanceof Outcome.Refused)) {
            refusals = 0;
            dueAt = now;
        }
        done = outcome.isFinal();
        return outcome;
    }

    private Outcome meaningOf(Reply reply, long now) {
        if (reply instanceof Reply.OfScan scan) {
            if (scan.answer() instanceof Answer.Refused<ScanPage> refused) {
                return refused("Scan", refused.refusal(), now);
            }
            return scanned(((Answer.Ok<ScanPage>) scan.answer()).value(), now);
        }
        if (reply instanceof Reply.OfDescribeTable describe) {
            if (describe.answer() instanceof Answer.Refused<TableDescription> refused) {
                return refused("DescribeTable", refused.refusal(), now);
            }
            TableDescription table = ((Answer.Ok<TableDescription>) describe.answer()).value();
            keyNames.learn(split, table);
            keys = keyNames.of(split).orElseThrow();
            return new Outcome.Progressed();
        }
        throw new IllegalStateException("Split " + split.splitId() + " did not ask for " + reply);
    }

    private Outcome scanned(ScanPage page, long now) {
        if (!page.items().isEmpty() && !hasKeys(page.items().get(0))) {
            return waiting(
                    new Refusal(
                            Refusal.Kind.NOT_FOUND,
                            "Its items lack key attributes of " + keys + ": it was deleted and created again"),
                    now);
        }
        fetched = page.lastEvaluatedKey()
                .<ScanPosition>map(ScanPosition.After::new)
                .orElse(ScanPosition.END);
        hasFetched = true;
        return new Outcome.Scanned(page, keys);
    }

    /** One item speaks for its page: all of a table have its keys. */
    private boolean hasKeys(Item item) {
        Set<String> missing = new HashSet<>(keys);
        ItemCursor attributes = item.walk();
        while (!missing.isEmpty() && attributes.next()) {
            missing.remove(attributes.name());
        }
        return missing.isEmpty();
    }

    private Outcome refused(String operation, Refusal refusal, long now) {
        return refusal.kind().isPassing() || isOfAnotherTable(refusal) || mayBeOfAnotherTable(refusal, now)
                ? waiting(refusal, now)
                : failed(operation, refusal);
    }

    /**
     * The table was deleted, or made anew so that it does not know our position: what was right for
     * one page is right for the next. The enumerator looks at the table for itself and decides what
     * becomes of the copy; until it does, the segment waits. To fail would take the splits of other
     * tables along.
     */
    private boolean isOfAnotherTable(Refusal refusal) {
        return refusal.kind() == Refusal.Kind.NOT_FOUND || refusal.kind() == Refusal.Kind.INVALID && hasFetched;
    }

    /**
     * A restored position was right for the table that it was made for. If the table was made anew
     * with another key, the enumerator withdraws the segment, and needs a description for that. A
     * configuration that was changed is refused in the same way, so the wait has an end.
     */
    private boolean mayBeOfAnotherTable(Refusal refusal, long now) {
        if (refusal.kind() != Refusal.Kind.INVALID || !(split.position() instanceof ScanPosition.After)) {
            return false;
        }
        invalidSince = OptionalLong.of(invalidSince.orElse(now));
        return now - invalidSince.getAsLong() < RESTORED_MILLIS;
    }

    private Outcome waiting(Refusal refusal, long now) {
        refusals++;
        dueAt = now + backoff.delay(refusals, split.splitId());
        return new Outcome.Refused(refusal, dueAt);
    }

    private Outcome failed(String operation, Refusal refusal) {
        return new Outcome.Failed("DynamoDB refused "
                + operation
                + " of table "
                + split.table()
                + " (split "
                + split.splitId()
                + "): "
                + refusal.message()
                + ". The same call would be refused again, so the job fails. Check the projection and the page"
                + " limit configured for this table; if it was deleted and created again,"
                + " start a fresh copy of it");
    }
}
