/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.split.ReplicationSplit;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitSerializerTest {

    private final SplitSerializer serializer = new SplitSerializer();

    static Stream<ReplicationSplit> splits() {
        return Samples.splits().values().stream();
    }

    @ParameterizedTest
    @MethodSource("splits")
    void everyKindOfSplitComesBackAsItWas(ReplicationSplit split) throws IOException {
        byte[] bytes = serializer.serialize(split);
        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(split);
    }

    @Test
    void whatVersion1WroteIsRead() throws IOException {
        Map<String, byte[]> golden = Golden.read("split-v1.txt");
        assertThat(golden).containsOnlyKeys(Samples.splits().keySet());
        for (Map.Entry<String, byte[]> file : golden.entrySet()) {
            assertThat(serializer.deserialize(1, file.getValue()))
                    .as(file.getKey())
                    .isEqualTo(Samples.splits().get(file.getKey()));
        }
    }

    @Test
    void version1IsStillWrittenToTheByte() throws IOException {
        assertThat(serializer.getVersion()).isEqualTo(1);
        for (Map.Entry<String, byte[]> file : Golden.read("split-v1.txt").entrySet()) {
            assertThat(serializer.serialize(Samples.splits().get(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void aVersionOfTheFutureIsRefusedWithTheNextStep() throws IOException {
        byte[] bytes = serializer.serialize(splits().findFirst().orElseThrow());
        assertThatThrownBy(() -> serializer.deserialize(99, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("a split", "format 99", "up to 1", "release");
    }

    @ParameterizedTest
    @MethodSource("splits")
    void bytesThatBreakOffAreAnIoException(ReplicationSplit split) throws IOException {
        byte[] bytes = serializer.serialize(split);
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(1, part))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anUnknownKindIsAnIoException() {
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[] {9}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tag 9");
    }
}
