/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.testing.fake.CallKind;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import io.dynamoreplica.flink.testing.fake.ServiceCall;
import io.dynamoreplica.flink.testing.fake.StreamViewType;
import io.dynamoreplica.flink.testing.fake.TableSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that the check of many tables names all tables that cannot be replicated in one error. */
class PreflightOfSeveralTablesTest {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final DynamoDbService service = db.service();

    @BeforeEach
    void create() {
        db.createTable(TableSpec.named("fit"));
        db.createTable(TableSpec.named("off").withoutStream());
        db.createTable(TableSpec.named("keys").withStream(StreamViewType.KEYS_ONLY));
    }

    @AfterEach
    void close() {
        service.close();
        db.close();
    }

    @Test
    void eachTableIsRefusedWithItsOwnCauseAndNextStep() {
        assertThat(refusalOf("off", "fit", "missing", "keys").lines())
                .satisfiesExactly(
                        head -> assertThat(head).isEqualTo("3 of 4 tables cannot be replicated:"),
                        off -> assertThat(off).isEqualTo(refusalOf("off")),
                        missing -> assertThat(missing).isEqualTo(refusalOf("missing")),
                        keys -> assertThat(keys).isEqualTo(refusalOf("keys")),
                        hint -> assertThat(hint).contains("exceptTables", "full-table or snapshot"));
    }

    @Test
    void theOneOfSeveralTablesIsRefusedAsEverAndCanBeLeftOut() {
        assertThat(refusalOf("fit", "off").lines())
                .satisfiesExactly(off -> assertThat(off).isEqualTo(refusalOf("off")), hint -> assertThat(hint)
                        .contains("can be left out", "exceptTables"));
    }

    @Test
    void aTableAloneIsNotToBeLeftOut() {
        assertThat(refusalOf("off")).doesNotContain("exceptTables", "cannot be replicated:\n");
    }

    @Test
    void aServiceThatIsNotReachedIsSaidOnceAndNotAskedAgain() {
        db.faults().refuse(CallKind.DESCRIBE_TABLE, Refusal.Kind.UNAVAILABLE);

        assertThat(refusalOf("fit", "off", "keys"))
                .startsWith("Table fit: DynamoDB was not reached")
                .doesNotContain("Table off", "exceptTables");
        assertThat(db.calls().count(ServiceCall.of(CallKind.DESCRIBE_TABLE))).isEqualTo(1);
    }

    private String refusalOf(String... tables) {
        TableConfig[] configs = Stream.of(tables)
                .map(table -> TableConfigs.of(table, StartupMode.INITIAL))
                .toArray(TableConfig[]::new);
        return catchThrowableOfType(
                        ReplicationException.class, () -> new PreflightCheck(service).run(TableConfigs.job(configs)))
                .getMessage();
    }
}
