/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * The codes that stand for the constants of an enum in checkpoints.
 *
 * <p>The codes never change, so that a constant can be renamed in the program.
 */
final class EnumCodes<E extends Enum<E>> {

    static final EnumCodes<StartupMode> STARTUP_MODES = new EnumCodes<>(
            StartupMode.class,
            Map.of(
                    StartupMode.INITIAL, "SNAPSHOT_THEN_STREAM",
                    StartupMode.SNAPSHOT, "SNAPSHOT",
                    StartupMode.FULL_TABLE, "FULL_TABLE",
                    StartupMode.LATEST_OFFSET, "LATEST",
                    StartupMode.EARLIEST_OFFSET, "EARLIEST"));

    static final EnumCodes<Phase> PHASES = new EnumCodes<>(
            Phase.class,
            Map.of(
                    Phase.WITHDRAWING, "WITHDRAWING",
                    Phase.DESCRIBING, "DESCRIBING",
                    Phase.ANCHORING, "ANCHORING",
                    Phase.SETTLING, "SETTLING",
                    Phase.SCANNING, "SCANNING",
                    Phase.VERIFYING, "VERIFYING",
                    Phase.FENCED, "FENCED",
                    Phase.STREAMING, "STREAMING",
                    Phase.RESTING, "RESTING",
                    Phase.DONE, "DONE"));

    static final EnumCodes<ShardRole> SHARD_ROLES = new EnumCodes<>(
            ShardRole.class,
            Map.of(ShardRole.SKIPPED, "SKIPPED", ShardRole.ANCHORED, "ANCHORED", ShardRole.LATER, "LATER"));

    private final Class<E> type;
    private final Map<E, String> codes;

    private EnumCodes(Class<E> type, Map<E, String> codes) {
        if (!codes.keySet().containsAll(Arrays.asList(type.getEnumConstants()))) {
            throw new IllegalStateException("A constant of %s has no code".formatted(type.getSimpleName()));
        }
        this.type = type;
        this.codes = codes;
    }

    void write(E constant, DataOutput out) throws IOException {
        out.writeUTF(codes.get(constant));
    }

    /**
     * Reads a code and returns its constant.
     *
     * @throws IOException if the code stands for no constant
     */
    E read(DataInput in) throws IOException {
        String code = in.readUTF();
        for (Map.Entry<E, String> entry : codes.entrySet()) {
            if (entry.getValue().equals(code)) {
                return entry.getKey();
            }
        }
        throw new IOException("No constant of %s has the code %s".formatted(type.getSimpleName(), code));
    }
}
