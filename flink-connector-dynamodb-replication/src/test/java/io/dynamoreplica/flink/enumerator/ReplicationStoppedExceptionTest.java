/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.split.GapCause;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplicationStoppedExceptionTest {

    @ParameterizedTest
    @EnumSource(GapCause.class)
    void aGapNamesTableCauseAndNextStep(GapCause cause) {
        assertThat(ReplicationStoppedException.forGap(new FailForGap("orders", cause, "shard-7")))
                .hasMessageContainingAll(
                        "Table orders", cause.name(), cause.meaning(), "shard-7", "'initial'");
    }

    @Test
    void aContradictionNamesTableCauseAndNextStep() {
        assertThat(
                        ReplicationStoppedException.forContradiction(
                                new FailForContradiction("orders", "no reader has shard-7")))
                .hasMessageContainingAll("Table orders", "no reader has shard-7", "savepoint");
    }

    @Test
    void aRestartWouldNotHelp() {
        Throwable stopped =
                new RuntimeException(
                        ReplicationStoppedException.forGap(
                                new FailForGap("orders", GapCause.TRIMMED, "")));
        assertThat(
                        ThrowableClassifier.findThrowableOfThrowableType(
                                stopped, ThrowableType.NonRecoverableError))
                .isPresent();
    }
}
