/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListingScheduleTest {

    private static final String ARN = "arn";

    private final ListingSchedule schedule = new ListingSchedule();
    private long now = 1_000;

    private boolean ask(long delay) {
        return schedule.needsTimer(ARN, Urgency.ASKED_FOR, delay, now);
    }

    private boolean askByRoutine() {
        return schedule.needsTimer(ARN, Urgency.ROUTINE, 0, now);
    }

    private boolean begin() {
        return schedule.begin(ARN, now);
    }

    private boolean end() {
        return schedule.end(ARN, now);
    }

    @Test
    void oneListingIsMadeAtATime() {
        assertThat(ask(0)).isTrue();
        assertThat(begin()).isTrue();
        assertThat(begin()).isFalse();
        assertThat(end()).isFalse();
        assertThat(ask(0)).isTrue();
    }

    @Test
    void routineTakesAListingThatIsUnderWayOrWaits() {
        assertThat(askByRoutine()).isTrue();
        assertThat(askByRoutine()).isFalse();
        assertThat(begin()).isTrue();
        assertThat(askByRoutine()).isFalse();
        end();
        ask(0);
        assertThat(askByRoutine()).isFalse();
    }

    /** With hundreds of tables it can take a minute until a routine listing begins. */
    @Test
    void oneThatIsAskedForDoesNotWaitForRoutine() {
        askByRoutine();
        assertThat(ask(0)).isTrue();
        assertThat(begin()).isTrue();
        end();
        assertThat(begin()).as("when it is routine's turn").isFalse();
    }

    @Test
    void oneIsEnoughForAllThatAskAtOnce() {
        assertThat(ask(0)).isTrue();
        now += 5;
        assertThat(ask(0)).isFalse();
    }

    @Test
    void whatIsDueBetweenTwoThatWaitIsServedByTheLater() {
        assertThat(ask(250)).isTrue();
        assertThat(ask(60_000)).isTrue();
        assertThat(ask(4_000)).isFalse();
    }

    /** Otherwise the shards that wait for the listing would wait for the next discovery, perhaps for an hour. */
    @Test
    void oneThatIsDueSoonerDoesNotServeTheOneThatWaits() {
        ask(60_000);
        assertThat(ask(0)).isTrue();
        assertThat(begin()).isTrue();
        assertThat(end()).isFalse();
        assertThat(begin()).as("before it is due").isFalse();
        now += 60_000;
        assertThat(begin()).isTrue();
    }

    @Test
    void oneThatBecomesDueDuringAnotherIsMadeAfterIt() {
        ask(60_000);
        askByRoutine();
        now += 59_000;
        begin();
        now += 2_000;
        assertThat(begin()).as("when its timer fires").isFalse();
        assertThat(end()).isTrue();
        assertThat(begin()).isTrue();
    }

    /** The listing may have begun before the change in question. */
    @Test
    void oneThatIsAskedForDuringAnotherIsMadeAfterIt() {
        ask(0);
        begin();
        now += 1;
        assertThat(ask(0)).isTrue();
        assertThat(end()).isTrue();
        assertThat(begin()).isTrue();
        assertThat(end()).isFalse();
    }

    @Test
    void tablesDoNotWaitForEachOther() {
        ask(0);
        begin();
        assertThat(schedule.needsTimer("arn of customers", Urgency.ASKED_FOR, 0, now))
                .isTrue();
        assertThat(schedule.begin("arn of customers", now)).isTrue();
    }
}
