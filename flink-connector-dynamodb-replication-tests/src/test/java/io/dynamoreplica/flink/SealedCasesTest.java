/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The check itself can fail. */
class SealedCasesTest {

    private sealed interface Shape {
        record Circle() implements Shape {}

        record Square() implements Shape {}
    }

    @Test
    void returnsSamplesOfAllCases() {
        assertThat(SealedCases.of(Shape.class, new Shape.Circle(), new Shape.Square()))
                .hasSize(2);
    }

    @Test
    void namesTheCaseThatIsLeftOut() {
        assertThatThrownBy(() -> SealedCases.of(Shape.class, new Shape.Circle()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Square");
    }
}
