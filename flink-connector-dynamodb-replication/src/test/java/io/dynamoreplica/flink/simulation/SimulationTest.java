/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation;

import org.junit.jupiter.api.Test;

class SimulationTest {

    @Test
    void historiesHold() {
        String range = System.getProperty("simulation.seeds", "1..200");
        long from = Long.parseLong(range.substring(0, range.indexOf("..")));
        long to = Long.parseLong(range.substring(range.indexOf("..") + 2));
        SimulationRun run = new SimulationRun();
        long begin = System.nanoTime();
        int failed = 0;
        for (long seed = from; seed <= to; seed++) {
            String f = run.apply(seed);
            if (!f.isEmpty()) {
                failed++;
                System.out.println(seed + " " + f);
            }
        }
        System.out.println(
                (System.nanoTime() - begin) / 1e6 / (to - from + 1) + " ms each, failed " + failed);
    }
}
