/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import java.util.Random;

/** The faults that may happen in a {@link World}, and its size. */
public record WorldPlan(Tables tables, Pages pages, Listings listings, Refusals refusals, Losses losses) {

    /**
     * The tables.
     *
     * @param count the number of tables
     * @param keys the number of keys that each table can have
     * @param shards the number of shards with which a stream begins
     * @param writes whether there are writes after the beginning; without writes, the shards roll over as well
     * @param skewMillis the maximum difference between creation times and the server's clock
     */
    public record Tables(int count, int keys, int shards, boolean writes, long skewMillis) {}

    /**
     * The pages.
     *
     * @param items the most items of a Scan page
     * @param records the most records of a GetRecords answer
     * @param empty whether pages may be empty although more items or records follow
     * @param expiry whether iterators may expire at any moment
     */
    public record Pages(int items, int records, boolean empty, boolean expiry) {}

    /**
     * The listings.
     *
     * @param lagMillis the maximum lag of a listing, below the minute that the protocol allows
     * @param unordered whether shards come in another order each time
     */
    public record Listings(long lagMillis, boolean unordered) {}

    /**
     * The refusals.
     *
     * @param percent the percentage of all calls that are throttled or not answered
     * @param storms whether all calls of a kind can be refused for a while, permissions included
     */
    public record Refusals(int percent, boolean storms) {}

    /**
     * The losses.
     *
     * @param trims whether records are trimmed once they are older than 24 hours
     * @param disables whether a stream may be switched off, and on again later
     * @param recreates whether a table may be deleted and created again
     */
    public record Losses(boolean trims, boolean disables, boolean recreates) {}

    /** A world with writes, roll-overs and splits, and no other events. */
    public static final WorldPlan CALM = new WorldPlan(
            new Tables(1, 20, 1, true, 0),
            new Pages(5, 10, false, false),
            new Listings(0, false),
            new Refusals(0, false),
            new Losses(false, false, false));

    /** Returns a mix of faults; about a third of all worlds lose records. */
    public static WorldPlan of(Random dice) {
        boolean loses = dice.nextInt(3) == 0;
        return new WorldPlan(
                new Tables(
                        dice.nextInt(5) == 0 ? 2 : 1,
                        5 + dice.nextInt(16),
                        1 + dice.nextInt(2),
                        dice.nextInt(10) > 0,
                        dice.nextInt(2) * 2_000),
                new Pages(1 + dice.nextInt(8), 1 + dice.nextInt(12), dice.nextBoolean(), dice.nextBoolean()),
                new Listings(dice.nextInt(3) == 0 ? 0 : dice.nextInt(59_000), dice.nextBoolean()),
                new Refusals(dice.nextInt(2) * dice.nextInt(20), dice.nextInt(3) == 0),
                new Losses(dice.nextBoolean(), loses && dice.nextBoolean(), loses && dice.nextBoolean()));
    }

    /** Returns the same world at rest: without faults, lag, losses and writes. */
    WorldPlan calmed() {
        Tables idle = new Tables(tables.count(), tables.keys(), tables.shards(), false, tables.skewMillis());
        return CALM.with(idle).with(new Pages(pages.items(), pages.records(), false, false));
    }

    public WorldPlan with(Tables newTables) {
        return new WorldPlan(newTables, pages, listings, refusals, losses);
    }

    public WorldPlan with(Pages newPages) {
        return new WorldPlan(tables, newPages, listings, refusals, losses);
    }

    public WorldPlan with(Listings newListings) {
        return new WorldPlan(tables, pages, newListings, refusals, losses);
    }

    public WorldPlan with(Refusals newRefusals) {
        return new WorldPlan(tables, pages, listings, newRefusals, losses);
    }

    public WorldPlan with(Losses newLosses) {
        return new WorldPlan(tables, pages, listings, refusals, newLosses);
    }
}
