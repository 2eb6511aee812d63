/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.ProtocolAction.ListShards;
import org.junit.jupiter.api.Test;

class ListingScheduleTest {

    private final ListingSchedule schedule = new ListingSchedule();

    private static ListShards in(long delay) {
        return new ListShards("orders", "arn", delay);
    }

    @Test
    void oneListingIsMadeAtATime() {
        assertThat(schedule.mayAsk(in(0))).isTrue();
        assertThat(schedule.begin(in(0))).isTrue();
        assertThat(schedule.mayAsk(in(0))).isFalse();
        assertThat(schedule.begin(in(0))).isFalse();

        schedule.end(in(0));
        assertThat(schedule.mayAsk(in(0))).isTrue();
    }

    @Test
    void oneThatIsDueLaterThanOneThatWaitsIsNotScheduled() {
        assertThat(schedule.mayAsk(in(250))).isTrue();
        assertThat(schedule.mayAsk(in(250))).isFalse();
        assertThat(schedule.mayAsk(in(60_000))).isFalse();
    }

    @Test
    void oneThatIsDueSoonerOvertakesTheOneThatWaits() {
        schedule.mayAsk(in(60_000));
        assertThat(schedule.mayAsk(in(0))).isTrue();
        assertThat(schedule.begin(in(0))).isTrue();
        schedule.end(in(0));
        assertThat(schedule.begin(in(60_000))).isFalse();
    }

    @Test
    void tablesDoNotWaitForEachOther() {
        schedule.mayAsk(in(0));
        schedule.begin(in(0));
        ListShards other = new ListShards("customers", "arn of customers", 0);
        assertThat(schedule.mayAsk(other)).isTrue();
        assertThat(schedule.begin(other)).isTrue();
    }

    /** The old stream's listing can be refused for hours; it says nothing about the new stream. */
    @Test
    void aNewStreamOfATableDoesNotWaitForTheListingOfItsOldOne() {
        schedule.mayAsk(in(0));
        schedule.begin(in(0));
        ListShards renewed = new ListShards("orders", "arn of the new stream", 0);
        assertThat(schedule.mayAsk(renewed)).isTrue();
        assertThat(schedule.begin(renewed)).isTrue();
    }
}
