/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LagTest {

    private static final long LIVE_SINCE = 1_000_000;

    private final Lag lag = new Lag(LIVE_SINCE);

    @Test
    void beforeTheStreamIsReadThereIsNone() {
        assertThat(lag.inWords(0, LIVE_SINCE + 5_000)).isEqualTo("copying");
    }

    @Test
    void whatTheStreamSaysOfTheLoadingIsNoLag() {
        assertThat(lag.inWords(LIVE_SINCE - 1, LIVE_SINCE + 5_000)).isEqualTo("catching up");
    }

    @Test
    void fromTheFirstLiveWriteOnItIsTheAgeOfTheNewestChange() {
        assertThat(lag.inWords(LIVE_SINCE, LIVE_SINCE + 5_000)).matches("lag 5[.,]0 s");
    }
}
