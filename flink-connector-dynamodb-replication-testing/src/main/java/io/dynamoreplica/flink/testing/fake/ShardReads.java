/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.StreamRecord;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The part of the fake that answers GetShardIterator and GetRecords. Guarded by the account's lock.
 */
final class ShardReads {

    private final Account account;
    private int generation;

    ShardReads(Account account) {
        this.account = account;
    }

    void expireIterators() {
        generation++;
    }

    Answer<String> iterator(FakeShard shard, ShardKey key, ShardPosition position) {
        if (position instanceof ShardPosition.After after) {
            return iteratorAfter(shard, key, after.sequenceNumber());
        }
        if (position instanceof ShardPosition.End) {
            throw new IllegalArgumentException("There is no iterator at the end of " + key);
        }
        return Answer.ok(token(key, shard.trimHorizon(), 0));
    }

    private Answer<String> iteratorAfter(FakeShard shard, ShardKey key, String sequenceNumber) {
        OptionalInt index = shard.after(sequenceNumber);
        if (index.isEmpty()) {
            return Answer.refused(Refusal.Kind.INVALID, sequenceNumber + " is no sequence number of " + key);
        }
        return shard.isTrimmedAt(index.getAsInt()) ? trimmed(key) : Answer.ok(token(key, index.getAsInt(), 0));
    }

    Answer<ShardPage> page(FakeShard shard, ShardKey key, String iterator) {
        Optional<IteratorToken> decoded =
                IteratorToken.decode(iterator).filter(token -> token.shard().equals(key));
        if (decoded.isEmpty()) {
            return Answer.refused(Refusal.Kind.INVALID, "This is no iterator of " + key);
        }
        IteratorToken token = decoded.get();
        Instant goodUntil = token.issued().plus(account.behaviour().iteratorValidity());
        if (token.generation() != generation || account.clock().instant().isAfter(goodUntil)) {
            return Answer.refused(Refusal.Kind.ITERATOR_EXPIRED, "The iterator of " + key + " expired");
        }
        if (shard.isTrimmedAt(token.index())) {
            return trimmed(key);
        }
        return Answer.ok(
                token.emptyPages() < account.behaviour().emptyRecordPages()
                        ? emptyPage(key, token)
                        : page(shard, key, token.index()));
    }

    private ShardPage emptyPage(ShardKey key, IteratorToken token) {
        String next = token(key, token.index(), token.emptyPages() + 1);
        return new ShardPage(List.of(), Optional.of(next), 0, account.clock().instant());
    }

    private ShardPage page(FakeShard shard, ShardKey key, int index) {
        List<StreamRecord> ahead = shard.from(index);
        List<StreamRecord> records = List.copyOf(
                ahead.subList(0, Math.min(ahead.size(), account.behaviour().recordsPerPage())));
        int next = index + records.size();
        return new ShardPage(
                records,
                shard.endsAt(next) ? Optional.empty() : Optional.of(token(key, next, 0)),
                records.stream().mapToLong(ItemSize::of).sum(),
                account.clock().instant());
    }

    private String token(ShardKey key, int index, int emptyPages) {
        return new IteratorToken(key, index, account.clock().instant(), generation, emptyPages).encode();
    }

    private static <T> Answer<T> trimmed(ShardKey key) {
        return Answer.refused(Refusal.Kind.TRIMMED, "The position in " + key + " was trimmed");
    }
}
