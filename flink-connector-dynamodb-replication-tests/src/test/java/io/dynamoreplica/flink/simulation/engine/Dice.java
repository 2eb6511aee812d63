/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.engine;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** The source of every random choice in a history. */
public final class Dice {

    private final Random random;

    public Dice(long seed) {
        this.random = new Random(seed);
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns a number from {@code least} to {@code most}. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    public <T> T any(Collection<T> choice) {
        Iterator<T> all = choice.iterator();
        for (int skip = random.nextInt(choice.size()); skip > 0; skip--) {
            all.next();
        }
        return all.next();
    }

    /**
     * Returns a span of time. Short spans are far more frequent: every order of magnitude between 1 and {@code
     * most} is equally likely.
     */
    public long span(long most) {
        int bits = 64 - Long.numberOfLeadingZeros(most);
        return 1 + Math.floorMod(random.nextLong(), Math.min(most, 1L << random.nextInt(bits)));
    }

    /** Returns other dice, so that many throws with them do not change the throws elsewhere. */
    public Random fork() {
        return new Random(random.nextLong());
    }
}
