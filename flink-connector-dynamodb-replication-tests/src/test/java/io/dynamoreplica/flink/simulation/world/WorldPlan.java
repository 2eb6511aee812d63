/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.world;

import java.util.Random;

/** Which calamities may happen in a {@link World}, and how large it is. */
public record WorldPlan(Tables tables, Pages pages, Listings listings, Refusals refusals, Losses losses) {

    /**
     * @param count of tables
     * @param keys that each table can have
     * @param shards with which a stream begins
     * @param writes whether anything is written after the beginning; an idle table's shards roll
     *     over all the same
     * @param skewMillis by how much creation times may differ from the server's clock
     */
    public record Tables(int count, int keys, int shards, boolean writes, long skewMillis) {}

    /**
     * @param items the most items of a Scan page
     * @param records the most records of a GetRecords answer
     * @param empty whether pages may come without items or records although some are ahead
     * @param expiry whether iterators may expire at any moment
     */
    public record Pages(int items, int records, boolean empty, boolean expiry) {}

    /**
     * @param lagMillis how far a listing can lag behind, below the minute that the protocol allows
     * @param unordered whether shards come in another order each time
     */
    public record Listings(long lagMillis, boolean unordered) {}

    /**
     * @param percent of all calls that are throttled or not answered
     * @param storms whether all calls of a kind can be refused for a while, permissions included
     */
    public record Refusals(int percent, boolean storms) {}

    /**
     * @param trims whether records are trimmed once they are older than 24 hours
     * @param disables whether a stream may be switched off, and on again later
     * @param recreates whether a table may be deleted and created again
     */
    public record Losses(boolean trims, boolean disables, boolean recreates) {}

    /** Writes, roll-overs and splits, and nothing else. */
    public static final WorldPlan CALM = new WorldPlan(
            new Tables(1, 20, 1, true, 0),
            new Pages(5, 10, false, false),
            new Listings(0, false),
            new Refusals(0, false),
            new Losses(false, false, false));

    /** A mix; about a third of all worlds lose something. */
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

    /** The same world at rest: no faults, lag or losses any more, and no writes. */
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
