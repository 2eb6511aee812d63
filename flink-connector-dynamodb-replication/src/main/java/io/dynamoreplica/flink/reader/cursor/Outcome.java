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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;

/** What an answer means for the split that asked. */
@Internal
public sealed interface Outcome {

    /** Whether the cursor has no further call to make. */
    default boolean isFinal() {
        return false;
    }

    /**
     * Why the call brought nothing and has to be made again; empty for a call that was answered.
     */
    default Optional<Refusal> refused() {
        return Optional.empty();
    }

    /** Memory that its page takes. */
    default long bytes() {
        return 0;
    }

    /**
     * A page of a segment, the last one if it has no {@code LastEvaluatedKey}.
     *
     * @param keyNames names of the table's key attributes, in any order
     */
    record Scanned(ScanPage page, List<String> keyNames) implements Outcome {
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
     * A page of a shard, the last one if it has no next iterator; may be without records either
     * way.
     *
     * @param proof a later proof for the split at the position it has, which is to be kept in its
     *     state; only with a page without records, and about once a minute at most
     */
    record Read(ShardPage page, OptionalLong proof) implements Outcome {
        @Override
        public boolean isFinal() {
            return page.nextIterator().isEmpty();
        }

        @Override
        public long bytes() {
            return page.bytes();
        }
    }

    /**
     * The iterator is of no use, or none was given. A new one will be asked for.
     *
     * @param refusal why
     */
    record IteratorLost(Refusal refusal) implements Outcome {
        /** An iterator that has expired is no refusal: it served its time. */
        @Override
        public Optional<Refusal> refused() {
            return Optional.of(refusal).filter(why -> why.kind() != Kind.ITERATOR_EXPIRED);
        }
    }

    /**
     * As {@link IteratorLost}, so often in a row that someone should look whether the shard is
     * closed. If it is, {@link ShardCursor#closed} is to be told.
     *
     * @param refusal what DynamoDB answered last
     */
    record NothingGiven(Refusal refusal) implements Outcome {
        @Override
        public Optional<Refusal> refused() {
            return Optional.of(refusal);
        }
    }

    /** The shard is closed and the stream keeps nothing of it: the shard is done. */
    record NothingKept() implements Outcome {
        @Override
        public boolean isFinal() {
            return true;
        }
    }

    /** A step on the way to a page; nothing to hand on. */
    record Progressed() implements Outcome {}

    /**
     * The call will be made again.
     *
     * @param refusal passing, or one about which not the reader decides
     * @param retryAt milliseconds on the caller's clock
     */
    record Refused(Refusal refusal, long retryAt) implements Outcome {
        @Override
        public Optional<Refusal> refused() {
            return Optional.of(refusal);
        }
    }

    /**
     * The stream no longer has what comes after the position.
     *
     * @param detail what DynamoDB answered
     * @param goesOn whether the cursor goes on from the oldest record kept
     */
    record Gap(GapCause cause, String detail, boolean goesOn) implements Outcome {
        @Override
        public boolean isFinal() {
            return !goesOn;
        }
    }

    /**
     * The call can never succeed.
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
