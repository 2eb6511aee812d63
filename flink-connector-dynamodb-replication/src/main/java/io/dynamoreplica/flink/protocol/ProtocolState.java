/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The state on which the decisions depend. The tables are kept in checkpoints; the rest is rebuilt
 * after a restore.
 *
 * @param tables by name
 * @param backlog the last value of {@link ProtocolAction.SetBacklog}
 * @param waits the shards that wait for a checkpoint before they move to another reader
 */
public record ProtocolState(Map<String, TableState> tables, Readers readers, boolean backlog, CoverageWaits waits) {

    public ProtocolState {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** Returns whether every table is done, so that readers can finish. */
    boolean isOver() {
        return tables.values().stream().allMatch(table -> table.phase() == Phase.DONE);
    }

    ProtocolState with(TableState table) {
        Map<String, TableState> draft = new LinkedHashMap<>(tables);
        draft.put(table.table(), table);
        return new ProtocolState(draft, readers, backlog, waits);
    }

    ProtocolState everyTable(UnaryOperator<TableState> change) {
        Map<String, TableState> draft = new LinkedHashMap<>(tables);
        draft.replaceAll((name, table) -> change.apply(table));
        return new ProtocolState(draft, readers, backlog, waits);
    }

    ProtocolState with(Readers newReaders) {
        return new ProtocolState(tables, newReaders, backlog, waits);
    }

    ProtocolState with(CoverageWaits newWaits) {
        return new ProtocolState(tables, readers, backlog, newWaits);
    }

    ProtocolState withBacklog(boolean newBacklog) {
        return new ProtocolState(tables, readers, newBacklog, waits);
    }
}
