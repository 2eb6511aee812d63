/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.Refusal.Kind;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.split.GapCause;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The meaning of an answer for the split that made the call. */
public sealed interface Outcome {

    /** Returns whether the cursor has no further call to make. */
    default boolean isFinal() {
        return false;
    }

    /**
     * Returns why the call has no result and has to be made again; empty if the call was answered.
     */
    default Optional<Refusal> refused() {
        return Optional.empty();
    }

    /** Returns the elements for the task, in their order; most outcomes have none. */
    default Iterator<Fetched> elements() {
        return this instanceof Fetched element ? List.of(element).iterator() : Collections.emptyIterator();
    }

    /** Returns the memory that the page of this outcome takes. */
    default long bytes() {
        return 0;
    }

    /**
     * A page of a segment; the last page if it has no {@code LastEvaluatedKey}. The page is one
     * element, possibly without items, because DynamoDB has no position inside a page.
     *
     * @param keyNames names of the table's key attributes, in any order
     */
    record Scanned(ScanPage page, List<String> keyNames) implements Outcome, Fetched {
        @Override
        public boolean isFinal() {
            return page.lastEvaluatedKey().isEmpty();
        }

        @Override
        public long bytes() {
            return page.bytes();
        }
    }

    /**
     * A page of a shard; the last page if it has no next iterator. Any page can be without records.
     *
     * @param proof a later proof for the split at its present position, to be kept in the split's
     *     state; present only with a page without records, and at most about once a minute
     */
    record Read(ShardPage page, OptionalLong proof) implements Outcome {
        @Override
        public boolean isFinal() {
            return page.nextIterator().isEmpty();
        }

        @Override
        public Iterator<Fetched> elements() {
            if (proof.isPresent()) {
                return List.<Fetched>of(new Fetched.ShardProof(proof.getAsLong()))
                        .iterator();
            }
            Instant answered = page.serverTime();
            return page.records().stream()
                    .<Fetched>map(record -> new Fetched.ShardRecord(record, answered))
                    .iterator();
        }

        @Override
        public long bytes() {
            return page.bytes();
        }
    }

    /**
     * An iterator that cannot be used, or a refusal to give one. The cursor asks for a new iterator.
     *
     * @param refusal why
     */
    record IteratorLost(Refusal refusal) implements Outcome {
        /** Returns empty for an iterator that has expired: iterators live for 15 minutes, so this is no refusal. */
        @Override
        public Optional<Refusal> refused() {
            return Optional.of(refusal).filter(why -> why.kind() != Kind.ITERATOR_EXPIRED);
        }
    }

    /**
     * Many consecutive outcomes like {@link IteratorLost}, for a shard of which no needed record was read.
     * The enumerator checks whether the shard is closed. If it is, {@link ShardCursor#closed} has to
     * be called.
     *
     * @param refusal what DynamoDB answered last
     */
    record NothingGiven(Refusal refusal) implements Outcome, Fetched {
        @Override
        public Optional<Refusal> refused() {
            return Optional.of(refusal);
        }
    }

    /** The end of a shard that is closed and of which the stream keeps no record. */
    record NothingKept() implements Outcome {
        @Override
        public boolean isFinal() {
            return true;
        }
    }

    /** An answer that a later call needs, such as an iterator. It has no element for the task. */
    record Progressed() implements Outcome {}

    /**
     * A refusal after which the same call is made again.
     *
     * @param refusal transient, or of a kind that the enumerator decides about
     * @param retryAt milliseconds on the caller's clock
     */
    record Refused(Refusal refusal, long retryAt) implements Outcome {
        @Override
        public Optional<Refusal> refused() {
            return Optional.of(refusal);
        }
    }

    /**
     * A loss: the stream no longer has the records after the position. This element travels behind
     * the elements that were fetched before, so that the gap is reported for the position that was
     * emitted.
     *
     * @param detail what DynamoDB answered
     * @param goesOn whether the cursor goes on from the oldest record kept; if not, no element
     *     follows
     */
    record Gap(GapCause cause, String detail, boolean goesOn) implements Outcome, Fetched {
        @Override
        public boolean isFinal() {
            return !goesOn;
        }
    }

    /**
     * A call that can never succeed.
     *
     * @param message for the user: what was refused, where, and what to do next
     */
    record Failed(String message) implements Outcome {
        @Override
        public boolean isFinal() {
            return true;
        }
    }
}
