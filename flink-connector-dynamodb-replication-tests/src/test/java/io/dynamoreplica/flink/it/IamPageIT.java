/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import io.dynamoreplica.flink.DynamoDbReplicationSource;
import io.dynamoreplica.flink.DynamoDbReplicationSourceBuilder;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.ChangeEventDeserializationSchema;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.testing.job.FlinkCluster;
import io.dynamoreplica.flink.testing.job.Replica;
import io.dynamoreplica.flink.testing.job.ReplicaJob;
import io.dynamoreplica.flink.testing.job.RunningJob;
import io.dynamoreplica.flink.testing.job.WireTable;
import io.dynamoreplica.flink.testing.wire.WireDynamoDb;
import io.dynamoreplica.flink.testing.wire.WireOperation;
import io.dynamoreplica.flink.testing.wire.WireRequest;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of the policies in docs/iam.md: a job calls exactly the operations that its policy allows. */
class IamPageIT {

    @RegisterExtension
    static final FlinkCluster FLINK = new FlinkCluster();

    private final WireDynamoDb wire = WireDynamoDb.start();
    private final WireTable orders = WireTable.create(wire, "orders", 1);
    private final Replica replica = Replica.create();

    @AfterEach
    void close() {
        replica.close();
        wire.close();
    }

    @ParameterizedTest
    @EnumSource(StartupMode.class)
    void aJobCallsWhatThePolicyOfItsStartupModeAllows(StartupMode mode) throws Exception {
        orders.load(0, 20, 1);
        wire.db().clock().advance(Duration.ofHours(1));
        try (RunningJob job = job(mode).start(replica)) {
            if (mode.scans()) {
                job.until("the table is copied", () -> orders.isEqualTo(replica));
            }
            if (mode.streams()) {
                job.until(
                        "the stream is asked for records",
                        () -> wire.count(WireRequest.of(WireOperation.GET_RECORDS)) > 0);
                orders.load(0, 20, 2);
                job.until("the changes are read", () -> orders.isEqualTo(replica));
            }
        }

        assertThat(calledActions()).isEqualTo(IamPage.read().actions().get(mode.toString()));
    }

    @Test
    void aSourceOfAllTablesListsThemWhenItIsBuilt() throws Exception {
        DynamoDbReplicationSourceBuilder<ChangeEvent> source = DynamoDbReplicationSource.builder(
                        new ChangeEventDeserializationSchema())
                .allTables();
        wire.awsOptions().forEach(source::option);
        source.build();

        assertThat(calledActions()).isEqualTo(IamPage.read().actions().get("pattern"));
    }

    @Test
    void aPolicyThatIsNotValidJsonIsNoticed() {
        assertThatThrownBy(() -> IamPage.of("<!-- policy: initial -->\n```json\n{\"Statement\": [}\n```\n"))
                .isInstanceOf(JsonParseException.class);
    }

    private ReplicaJob job(StartupMode mode) {
        ReplicaJob job = orders.job(FLINK).option(StartupMode.OPTION, mode.toString());
        return mode == StartupMode.FULL_TABLE ? job.option("scan.full-table.interval", "1 h") : job;
    }

    private Set<String> calledActions() {
        return wire.requests().stream()
                .map(request -> request.operation().action())
                .collect(Collectors.toSet());
    }
}
