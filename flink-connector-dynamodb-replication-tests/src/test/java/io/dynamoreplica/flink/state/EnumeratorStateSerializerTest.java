/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.protocol.SplitStatus;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnumeratorStateSerializerTest {

    private final EnumeratorStateSerializer serializer = new EnumeratorStateSerializer();

    @Test
    void tablesInEveryPhaseComeBackAsTheyWere() throws IOException {
        EnumeratorState state = Samples.enumeratorState();
        byte[] bytes = serializer.serialize(state);
        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(state);
    }

    @Test
    void whoHasASplitIsUnknownAfterARestoreAndEndsAreCovered() throws IOException {
        byte[] bytes = serializer.serialize(Samples.enumeratorState());
        assertThat(serializer
                        .deserialize(2, bytes)
                        .tables()
                        .get("orders")
                        .splits()
                        .entries())
                .extracting(SplitEntry::status)
                .containsExactly(
                        new SplitStatus.Ended(SplitStatus.UNKNOWN_READER, SplitStatus.Coverage.COVERED, -1),
                        new SplitStatus.Unassigned(),
                        new SplitStatus.Assigned(SplitStatus.UNKNOWN_READER),
                        new SplitStatus.Ended(SplitStatus.UNKNOWN_READER, SplitStatus.Coverage.COVERED, -1));
    }

    @Test
    void whatVersion1WroteIsRead() throws IOException {
        Map<String, byte[]> golden = Golden.read("enumerator-v1.txt");
        assertThat(serializer.deserialize(1, golden.get("state"))).isEqualTo(Samples.enumeratorStateV1());
    }

    @Test
    void whatVersion2WroteIsRead() throws IOException {
        Map<String, byte[]> golden = Golden.read("enumerator-v2.txt");
        assertThat(serializer.deserialize(2, golden.get("state"))).isEqualTo(Samples.enumeratorState());
    }

    @Test
    void version2IsStillWrittenToTheByte() throws IOException {
        assertThat(serializer.getVersion()).isEqualTo(2);
        assertThat(serializer.serialize(Samples.enumeratorState()))
                .isEqualTo(Golden.read("enumerator-v2.txt").get("state"));
    }

    @Test
    void aVersionOfTheFutureIsRefusedWithTheNextStep() {
        assertThatThrownBy(() -> serializer.deserialize(3, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("the enumerator's state", "format 3", "up to 2", "release");
    }

    @Test
    void bytesThatBreakOffAreAnIoException() throws IOException {
        byte[] bytes = serializer.serialize(Samples.enumeratorState());
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(2, part))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(IOException.class);
        }
    }
}
