/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.simulation.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.reader.cursor.Backoff;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Tests that a mutation that cannot be tried fails, and never counts as found. */
class HuntTest {

    private final Hunt hunt = new Hunt(Plays.class.getName());

    /** Returns the delay that the production code has after the first refusal. */
    public static final class Plays implements LongFunction<String> {
        @Override
        public String apply(long seed) {
            long delay = new Backoff(100, 100).delay((int) seed, "split");
            return delay < 0 ? "Negative: " + delay : "";
        }
    }

    @Test
    void aBrokenRuleIsFoundByItsChecker() {
        assertThat(hunt.hunt(backoff("return whole -", "return -whole -"), 10)).hasValueSatisfying(find -> {
            assertThat(find.seed()).isEqualTo(1);
            assertThat(find.said()).startsWith("Negative: -");
        });
    }

    @Test
    void theMutationOfOneHuntIsNotInTheNext() {
        hunt.hunt(backoff("return whole -", "return -whole -"), 10);

        assertThat(hunt.hunt(backoff("return whole -", "return whole - 0L -"), 10))
                .isEmpty();
        assertThat(new Plays().apply(1)).isEmpty();
    }

    @Test
    void whatAnotherCheckerSaysDoesNotCount() {
        Mutation negative = backoff("return whole -", "return -whole -");
        Mutation unexpected = new Mutation(
                negative.name(), "Other", negative.className(), negative.snippet(), negative.replacement());

        assertThat(hunt.hunt(unexpected, 10)).isEmpty();
    }

    @Test
    void linesMayBeBrokenElsewhere() {
        assertThat(hunt.hunt(backoff("long half\n   = whole\n / 2;", "long half = 1 - whole;"), 10))
                .isEmpty();
    }

    @Test
    void aRuleThatIsNotThereAnyMoreFails() {
        assertThatThrownBy(() -> hunt.hunt(backoff("return nothing;", "return 0;"), 1))
                .hasMessageContaining("is not there in reader.cursor.Backoff");
    }

    @Test
    void aRuleThatIsThereTwiceFails() {
        assertThatThrownBy(() -> hunt.hunt(backoff("whole", "half"), 1))
                .hasMessageContaining("is there more than once");
    }

    @Test
    void aMutationThatDoesNotCompileFails() {
        assertThatThrownBy(() -> hunt.hunt(backoff("return whole -", "return half whole -"), 1))
                .hasMessageContaining("does not compile")
                .hasMessageContaining("';' expected");
    }

    private static Mutation backoff(String snippet, String replacement) {
        return new Mutation("backs off badly", "Negative", "reader.cursor.Backoff", snippet, replacement);
    }
}
