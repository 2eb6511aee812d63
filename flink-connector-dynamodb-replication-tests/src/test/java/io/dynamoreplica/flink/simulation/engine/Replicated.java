/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import io.dynamoreplica.flink.simulation.engine.Element.Change;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A sink's state of one row.
 *
 * @param last the change that was applied last; a removed row is kept as such, for checkers
 * @param furthest the last stream change of this epoch; empty before the first
 * @param appliedAt a number that rises with each change that any sink applies
 */
public record Replicated(Change last, Optional<Change> furthest, long appliedAt) {

    static Replicated after(Optional<Replicated> before, Change change, long appliedAt) {
        Optional<Change> furthest =
                before.flatMap(Replicated::furthest).filter(known -> known.epoch() == change.epoch());
        return new Replicated(change, change.isScanned() ? furthest : Optional.of(change), appliedAt);
    }

    /** Returns the row that was applied later, of the rows of two sinks. */
    static Replicated later(Replicated one, Replicated other) {
        Replicated later = one.appliedAt > other.appliedAt ? one : other;
        Replicated earlier = later == one ? other : one;
        Optional<Change> furthest =
                later.furthest.or(() -> earlier.furthest.filter(known -> known.epoch() == later.last.epoch()));
        return new Replicated(later.last, furthest, later.appliedAt);
    }

    /** Returns the sequence number of the last stream change of the row; negative before the first change. */
    public BigInteger furthestNumber() {
        return furthest.flatMap(Change::place).map(Element.Place::number).orElse(BigInteger.ONE.negate());
    }
}
