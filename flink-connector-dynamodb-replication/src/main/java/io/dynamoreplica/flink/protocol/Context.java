/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.protocol;

import java.util.List;
import java.util.Map;

/**
 * The things that every transition of one event needs besides the state of its table.
 *
 * @param rules by table
 * @param readers the readers that have reported
 * @param actions collects what is to be done
 */
record Context(Map<String, TableRules> rules, Readers readers, List<ProtocolAction> actions) {

    TableRules rulesOf(TableState table) {
        return rules.get(table.table());
    }

    void add(ProtocolAction action) {
        actions.add(action);
    }

    Context with(Readers newReaders) {
        return new Context(rules, newReaders, actions);
    }
}
