/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.protocol.EnumeratorState;
import io.dynamoreplica.flink.protocol.Lineage;
import io.dynamoreplica.flink.protocol.Phase;
import io.dynamoreplica.flink.protocol.ShardNode;
import io.dynamoreplica.flink.protocol.ShardNode.Seen;
import io.dynamoreplica.flink.protocol.ShardNode.ShardRole;
import io.dynamoreplica.flink.protocol.SplitEntry;
import io.dynamoreplica.flink.protocol.SplitLedger;
import io.dynamoreplica.flink.protocol.SplitStatus;
import io.dynamoreplica.flink.protocol.TableRules.StartRequest;
import io.dynamoreplica.flink.protocol.TableState;
import io.dynamoreplica.flink.protocol.TableState.Copy;
import io.dynamoreplica.flink.protocol.TableState.Identity;
import io.dynamoreplica.flink.protocol.TableState.Renewal;
import io.dynamoreplica.flink.protocol.TableState.StreamView;
import io.dynamoreplica.flink.split.ItemKey;
import io.dynamoreplica.flink.split.ItemKey.KeyAttribute;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.split.ReplicationSplit;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.Shard;
import io.dynamoreplica.flink.split.ShardPosition;
import io.dynamoreplica.flink.split.ShardSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples of every kind of value that state can hold. Never change one: golden files hold their bytes. */
final class Samples {

    private static final long EPOCH = 1_750_000_000L;
    private static final ItemKey KEY = new ItemKey(List.of(
            new KeyAttribute("customer ü", KeyType.S, "Ø-1"), new KeyAttribute("number", KeyType.N, "-1.5E-10")));
    private static final ItemKey BINARY_KEY = new ItemKey(List.of(new KeyAttribute("hash", KeyType.B, "AAECAw==")));

    /** Returns the splits by name. The name also names the golden file. */
    static Map<String, ReplicationSplit> splits() {
        Map<String, ReplicationSplit> splits = new LinkedHashMap<>();
        splits.put("scan-start", segment(0, ScanPosition.START));
        splits.put("scan-after", segment(1, new ScanPosition.After(KEY)));
        splits.put("scan-after-binary", segment(2, new ScanPosition.After(BINARY_KEY)));
        splits.put("scan-end", segment(3, ScanPosition.END));
        splits.put("shard-beginning", shard("a", ShardPosition.BEGINNING));
        splits.put("shard-oldest-kept", shard("b", ShardPosition.OLDEST_KEPT));
        splits.put("shard-after", shard("c", new ShardPosition.After("123456789012345678901234567890123456789")));
        splits.put("shard-end", shard("d", ShardPosition.END));
        return splits;
    }

    /** Returns a state with everything that version 1 could hold. */
    static EnumeratorState enumeratorStateV1() {
        Map<String, TableState> tables = new LinkedHashMap<>(enumeratorState().tables());
        tables.remove("in-" + Phase.WITHDRAWING);
        tables.remove("in-" + Phase.RESTING);
        tables.put("orders", streaming("", Renewal.NONE));
        return new EnumeratorState(tables);
    }

    static EnumeratorState enumeratorState() {
        Map<String, TableState> tables = new LinkedHashMap<>();
        tables.put("orders", streaming("again", new Renewal(2, true)));
        tables.put("customers", TableState.fresh("customers", new StartRequest(StartupMode.LATEST_OFFSET, ""), 7));
        for (Phase phase : Phase.values()) {
            String name = "in-" + phase;
            Copy copy = new Copy(name, EPOCH, phase, new Identity("id", ""), Renewal.NONE);
            tables.put(
                    name,
                    TableState.restored(
                            new StartRequest(StartupMode.SNAPSHOT, ""), copy, SplitLedger.EMPTY, StreamView.EMPTY));
        }
        return new EnumeratorState(tables, Map.of("gone", 12L));
    }

    private static TableState streaming(String resetToken, Renewal renewal) {
        List<ReplicationSplit> splits = List.copyOf(splits().values());
        SplitLedger ledger = SplitLedger.restored(List.of(
                new SplitEntry(splits.get(3), SplitStatus.covered(SplitStatus.UNKNOWN_READER)),
                new SplitEntry(splits.get(5), SplitStatus.UNASSIGNED),
                new SplitEntry(splits.get(6), new SplitStatus.Assigned(0)),
                new SplitEntry(splits.get(7), SplitStatus.covered(SplitStatus.UNKNOWN_READER))));
        Lineage lineage = Lineage.of(List.of(
                node(new Shard("old", null, true), ShardRole.SKIPPED, 1, 90),
                node(new Shard("b", "old", true), ShardRole.ANCHORED, 2, -1),
                node(new Shard("c", "b", false), ShardRole.LATER, -1, -1)));
        return TableState.restored(
                new StartRequest(StartupMode.INITIAL, resetToken),
                new Copy("orders", EPOCH, Phase.STREAMING, new Identity("table-id", "arn:orders/stream/1"), renewal),
                ledger,
                new StreamView(lineage, 1_750_000_000_123L, 1_750_000_060_456L));
    }

    private static ShardNode node(Shard shard, ShardRole role, long closed, long absent) {
        return new ShardNode(shard, role, new Seen(10, 80, absent), closed);
    }

    private static ScanSplit segment(int segment, ScanPosition position) {
        return new ScanSplit("orders", EPOCH, segment, 4, position);
    }

    private static ShardSplit shard(String id, ShardPosition position) {
        ShardKey key = new ShardKey("orders", "arn:orders/stream/1", id);
        return new ShardSplit(key, EPOCH, position, 1_750_000_000_000L, ShardSplit.DROP_NOTHING);
    }

    private Samples() {}
}
