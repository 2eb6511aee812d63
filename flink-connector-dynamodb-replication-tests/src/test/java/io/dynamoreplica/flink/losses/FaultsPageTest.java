/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.losses.FaultsPage.NamedTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests that the page of faults is accurate: each test that it names exists, and no test is missing from it. */
class FaultsPageTest {

    /** Maven runs tests in the directory of their module. */
    private static final Path REPOSITORY = Path.of("..");

    private static final FaultsPage PAGE = FaultsPage.read(REPOSITORY.resolve(Path.of("docs", "design", "faults.md")));
    private static final TestSources SOURCES = new TestSources(REPOSITORY);

    @Test
    void eachTestThatThePageNamesIsThere() {
        assertThat(PAGE.tests()).hasSizeGreaterThan(50).allMatch(SOURCES::has);
    }

    @Test
    void eachBrokenRuleThatThePageNamesIsThere() {
        assertThat(PAGE.mutations()).isNotEmpty().allMatch(SOURCES::hasMutation);
    }

    @Test
    void eachFaultHasATest() {
        assertThat(PAGE.rows()).hasSizeGreaterThan(30);
        assertThat(PAGE.rowsWithoutTest()).isEmpty();
    }

    @Test
    void eachStoryOfThisPackageIsOnThePage() {
        assertThat(SOURCES.testsOf(getClass().getPackageName()))
                .contains(new NamedTest("KeysIT", "numbersBeyondSixtyFourBitsDoNotCollide"))
                .filteredOn(test -> test.className().endsWith("IT"))
                .allMatch(PAGE.tests()::contains);
    }

    @Test
    void whatIsNotThereIsNoticed() {
        assertThat(SOURCES.has(new NamedTest("FaultsPageTest", "somethingElse")))
                .isFalse();
        assertThat(SOURCES.has(new NamedTest("MissingIT", ""))).isFalse();
        assertThat(SOURCES.hasMutation("a rule that nobody wrote")).isFalse();
        assertThat(new FaultsPage("| fault | why |\n|---|---|\n| a | b |").rowsWithoutTest())
                .containsExactly("| a | b |");
    }
}
