/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import java.io.DataInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The format of the enumerator's state, version 1: before a table could be copied again. Only read. */
final class EnumeratorStateFormatV1 {

    static EnumeratorState read(DataInput in) throws IOException {
        int size = in.readInt();
        Map<String, TableState> tables = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = in.readUTF();
            StartupMode start = EnumCodes.STARTUP_MODES.read(in);
            long epoch = in.readLong();
            Phase phase = EnumCodes.PHASES.read(in);
            Identity identity = new Identity(in.readUTF(), in.readUTF());
            Copy copy = new Copy(name, epoch, phase, identity, Renewal.NONE);
            SplitLedger splits = TablePartsFormatV1.readSplits(in);
            StreamView stream = TablePartsFormatV1.readStream(in);
            tables.put(name, TableState.restored(new StartRequest(start, ""), copy, splits, stream));
        }
        return new EnumeratorState(tables);
    }

    private EnumeratorStateFormatV1() {}
}
