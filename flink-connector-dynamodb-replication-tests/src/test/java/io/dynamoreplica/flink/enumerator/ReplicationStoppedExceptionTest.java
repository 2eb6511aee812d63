/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.protocol.ProtocolAction.FailForContradiction;
import io.dynamoreplica.flink.protocol.ProtocolAction.FailForGap;
import io.dynamoreplica.flink.protocol.ProtocolAction.Remedy;
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
        assertThat(stopped(cause, Remedy.ANOTHER_POLICY))
                .hasMessageContainingAll("Table orders", cause.name(), cause.meaning(), "shard-7", "'initial'");
    }

    @ParameterizedTest
    @EnumSource(Remedy.class)
    void theNextStepIsOneThatHelps(Remedy remedy) {
        String message = stopped(GapCause.REPLACED, remedy).getMessage();
        assertThat(message).doesNotContain("\n", "  ");
        switch (remedy) {
            case ANOTHER_POLICY -> assertThat(message).contains("'resnapshot'", "'ignore'");
            case COPY_AGAIN -> assertThat(message).contains("'resnapshot'").doesNotContain("ignore", "initial");
            case IGNORE_OR_COPY ->
                assertThat(message).contains("'ignore'", "'initial'").doesNotContain("resnapshot");
            case RUN_AGAIN -> assertThat(message).contains("without its state").doesNotContain("on-gap");
            case BRING_BACK -> assertThat(message).contains("ACTIVE", "ENABLED").doesNotContain("on-gap");
        }
    }

    private static ReplicationStoppedException stopped(GapCause cause, Remedy remedy) {
        return ReplicationStoppedException.forGap(new FailForGap("orders", cause, "shard-7", remedy));
    }

    @Test
    void aContradictionNamesTableCauseAndNextStep() {
        assertThat(ReplicationStoppedException.forContradiction(
                        new FailForContradiction("orders", "no reader has shard-7")))
                .hasMessageContainingAll("Table orders", "no reader has shard-7", "savepoint");
    }

    @Test
    void aRestartWouldNotHelp() {
        Throwable stopped = new RuntimeException(stopped(GapCause.TRIMMED, Remedy.ANOTHER_POLICY));
        assertThat(ThrowableClassifier.findThrowableOfThrowableType(stopped, ThrowableType.NonRecoverableError))
                .isPresent();
    }
}
