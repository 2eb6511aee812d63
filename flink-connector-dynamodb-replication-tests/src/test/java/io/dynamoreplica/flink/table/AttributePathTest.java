/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttributePathTest {

    @Test
    void stepsAreWrittenFromTheOutsideIn() {
        assertThat(AttributePath.HERE.under("zip").at(2).under("lines").under("address"))
                .hasToString("address.lines[2].zip");
        assertThat(AttributePath.HERE.at(1).at(0).under("matrix")).hasToString("matrix[0][1]");
        assertThat(AttributePath.HERE.under("Straße_1").under("#x-y:z")).hasToString("#x-y:z.Straße_1");
    }

    @Test
    void aNameThatCouldBeMistakenForAPathOrBreakALineIsQuoted() {
        assertThat(AttributePath.HERE.under("zip").under("a.b").under("c")).hasToString("c[\"a.b\"].zip");
        assertThat(AttributePath.HERE.under("x[0]")).hasToString("[\"x[0]\"]");
        assertThat(AttributePath.HERE.under("it's \"so\"\\")).hasToString("[\"it's \\\"so\\\"\\\\\"]");
        assertThat(AttributePath.HERE.under("a\n\u0000\u0085\u2028\uD83D"))
                .hasToString("[\"a\\u000A\\u0000\\u0085\\u2028\\uD83D\"]");
        assertThat(AttributePath.HERE.under("")).hasToString("[\"\"]");
    }
}
