/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The format of the enumerator's state, version 2: as version 1, and also reset tokens, why a copy was
 * made, and the tables that are no longer replicated.
 */
final class EnumeratorStateFormatV2 {

    static void write(EnumeratorState state, DataOutput out) throws IOException {
        out.writeInt(state.tables().size());
        for (TableState table : state.tables().values()) {
            out.writeUTF(table.table());
            EnumCodes.STARTUP_MODES.write(table.startRequest().start(), out);
            out.writeUTF(table.startRequest().resetToken());
            writeCopy(table.copy(), out);
            TablePartsFormatV1.writeSplits(table.splits(), out);
            TablePartsFormatV1.writeStream(table.stream(), out);
        }
        out.writeInt(state.retired().size());
        for (Map.Entry<String, Long> table : state.retired().entrySet()) {
            out.writeUTF(table.getKey());
            out.writeLong(table.getValue());
        }
    }

    static EnumeratorState read(DataInput in) throws IOException {
        int size = in.readInt();
        Map<String, TableState> tables = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = in.readUTF();
            StartRequest startRequest = new StartRequest(EnumCodes.STARTUP_MODES.read(in), in.readUTF());
            Copy copy = readCopy(name, in);
            SplitLedger splits = TablePartsFormatV1.readSplits(in);
            StreamView stream = TablePartsFormatV1.readStream(in);
            tables.put(name, TableState.restored(startRequest, copy, splits, stream));
        }
        return new EnumeratorState(tables, readRetired(in));
    }

    private static Map<String, Long> readRetired(DataInput in) throws IOException {
        int size = in.readInt();
        Map<String, Long> retired = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            retired.put(in.readUTF(), in.readLong());
        }
        return retired;
    }

    private static void writeCopy(Copy copy, DataOutput out) throws IOException {
        out.writeLong(copy.epoch());
        EnumCodes.PHASES.write(copy.phase(), out);
        out.writeUTF(copy.identity().tableId());
        out.writeUTF(copy.identity().streamArn());
        out.writeInt(copy.renewal().consecutiveRenewals());
        out.writeBoolean(copy.renewal().withoutScan());
    }

    private static Copy readCopy(String table, DataInput in) throws IOException {
        return new Copy(
                table,
                in.readLong(),
                EnumCodes.PHASES.read(in),
                new Identity(in.readUTF(), in.readUTF()),
                new Renewal(in.readInt(), in.readBoolean()));
    }

    private EnumeratorStateFormatV2() {}
}
