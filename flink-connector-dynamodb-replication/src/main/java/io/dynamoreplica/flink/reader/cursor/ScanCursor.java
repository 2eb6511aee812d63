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

/**
 * The cursor of a segment, which is read page by page.
 *
 * <p>Items do not say which of their attributes are the keys. If the segment has a position, the
 * position has the names of the keys. If it begins, this cursor asks DescribeTable, unless the
 * cursor of another segment has done so.
 */
public final class ScanCursor implements SplitCursor {

    /** Chosen: far longer than the enumerator's first DescribeTable takes. */
    static final long RESTORED_MILLIS = 2 * 60_000;

    private final ScanSplit split;
    private final ScanTerms terms;
    private final KeyNames keyNames;
    private final Backoff backoff;

    /** Null until they are known. Kept here, because {@link #keyNames} may drop them for a later copy. */
    private List<String> keys;

    /** The position up to which pages were fetched. */
    private ScanPosition fetched;

    private long dueAt;
    private int refusals;
    private boolean hasFetched;

    /** The time of the first refusal of a restored position as invalid. */
    private OptionalLong invalidSince = OptionalLong.empty();

    private boolean done;

    /**
     * @param split not finished
     * @param keyNames shared by the cursors of one reader
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
    public SplitCall call(long now) {
        if (done) {
            throw new IllegalStateException("Split %s has no call to make".formatted(split.splitId()));
        }
        keys = keyNames.of(split).orElse(keys);
        return currentCall();
    }

    /** Returns the call of the present state: to be made, or made and not answered yet. */
    private SplitCall currentCall() {
        return keys == null
                ? new SplitCall.DescribeTable(split.table())
                : new SplitCall.Scan(terms.request(split.at(fetched), keys));
    }

    @Override
    public Outcome answered(Answer<?> answer, long now) {
        Outcome outcome = meaningOf(answer, now);
        if (!(outcome instanceof Outcome.Refused)) {
            refusals = 0;
            dueAt = now;
        }
        done = outcome.isFinal();
        return outcome;
    }

    private Outcome meaningOf(Answer<?> answer, long now) {
        if (answer instanceof Answer.Refused<?> refused) {
            return refused(refused.refusal(), now);
        } else if (answer instanceof Answer.Ok<?> ok && ok.value() instanceof ScanPage page) {
            return scanned(page, now);
        } else if (answer instanceof Answer.Ok<?> ok && ok.value() instanceof TableDescription table) {
            keyNames.learn(split, table);
            keys = keyNames.of(split).orElseThrow();
            return new Outcome.Progressed();
        }
        throw new IllegalStateException("Split %s did not ask for %s".formatted(split.splitId(), answer));
    }

    private Outcome scanned(ScanPage page, long now) {
        if (!page.items().isEmpty() && !hasKeys(page.items().get(0))) {
            String lacking = "Its items lack key attributes of %s: the table was deleted and created again";
            return waiting(new Refusal(Refusal.Kind.NOT_FOUND, lacking.formatted(keys)), now);
        }
        fetched = page.lastEvaluatedKey()
                .<ScanPosition>map(ScanPosition.After::new)
                .orElse(ScanPosition.END);
        hasFetched = true;
        return new Outcome.Scanned(page, keys);
    }

    /** Returns whether the item has the table's keys. One item is enough: all items have them. */
    private boolean hasKeys(Item item) {
        Set<String> missing = new HashSet<>(keys);
        ItemCursor attributes = item.walk();
        while (!missing.isEmpty() && attributes.next()) {
            missing.remove(attributes.name());
        }
        return missing.isEmpty();
    }

    private Outcome refused(Refusal refusal, long now) {
        return refusal.kind().isTransient() || isOfAnotherTable(refusal) || mayBeOfAnotherTable(refusal, now)
                ? waiting(refusal, now)
                : failed(refusal);
    }

    /**
     * Returns whether the table was deleted, or was created again and refuses the position: a request
     * that was valid for one page is valid for the next one. The enumerator looks at the table itself
     * and decides about the copy; the segment waits until then. If this cursor failed, the splits of
     * other tables would stop too.
     */
    private boolean isOfAnotherTable(Refusal refusal) {
        return refusal.kind() == Refusal.Kind.NOT_FOUND || refusal.kind() == Refusal.Kind.INVALID && hasFetched;
    }

    /**
     * Returns whether a restored position can belong to an earlier table of the same name. The position was
     * valid for the table that gave it. If the table was created again with another key, the
     * enumerator withdraws the segment; it needs a description for that. A changed configuration is
     * refused in the same way, so the wait has a limit.
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

    private Outcome failed(Refusal refusal) {
        return new Outcome.Failed(
                """
                DynamoDB refused %s of table %s (split %s): %s. The same call would be refused again, so the job \
                fails. Check the projection and the page limit that are configured for this table. If the table \
                was deleted and created again, start a fresh copy of it"""
                        .formatted(currentCall().operation(), split.table(), split.splitId(), refusal.message()));
    }
}
