/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class MemoryEstimateTest {

    private static final int MANY = 1_000;

    /**
     * A page of one megabyte can have a hundred thousand nested values, and then takes ten times its size in
     * memory.
     */
    @Test
    void whatIsInsideListsAndMapsCounts() {
        AttributeValue number = AttributeValue.fromN("1");
        long flat = bytes(number);

        assertThat(bytes(AttributeValue.fromL(Collections.nCopies(MANY, number))))
                .isGreaterThanOrEqualTo(MANY * flat);
        assertThat(bytes(AttributeValue.fromM(Map.of("l", list(number), "m", list(number)))))
                .isGreaterThanOrEqualTo(2 * MANY * flat);
    }

    @Test
    void elementsOfSetsCountWithTheirHeaders() {
        List<String> digits =
                IntStream.range(0, MANY).mapToObj(Integer::toString).toList();

        assertThat(bytes(AttributeValue.fromNs(digits))).isGreaterThan(MANY * 50);
    }

    @Test
    void aLongTextCountsByItsLength() {
        String text = "x".repeat(100_000);

        assertThat(bytes(AttributeValue.fromS(text)) - bytes(AttributeValue.fromS("")))
                .isEqualTo(text.length());
    }

    private static AttributeValue list(AttributeValue element) {
        return AttributeValue.fromL(Collections.nCopies(MANY, element));
    }

    private static long bytes(AttributeValue value) {
        MemoryEstimate memory = new MemoryEstimate();
        AnswerParts.known(Map.of("a", value), memory);
        return memory.bytes();
    }
}
