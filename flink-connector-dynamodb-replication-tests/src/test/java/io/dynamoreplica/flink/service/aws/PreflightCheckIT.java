/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.change.AttributeValue;
import io.dynamoreplica.flink.config.DeclaredKeyColumn;
import io.dynamoreplica.flink.config.ReplicationConfig.TableConfig;
import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.policy.StartupMode;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.PreflightCheck;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.TableDescription.KeyColumn;
import io.dynamoreplica.flink.split.ItemKey.KeyType;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the check with real tables. */
class PreflightCheckIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    private static DynamoDbService service;
    private static SdkFixture fixture;

    @BeforeAll
    static void open() {
        service = new AwsDynamoDbServiceFactory().open(Configs.reaching(DYNAMODB.awsOptions()));
        fixture = new SdkFixture(service, DYNAMODB.tables());
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void aTableWithAStreamPasses() {
        fixture.createTable("fit", keys(), Optional.of("NEW_AND_OLD_IMAGES"));
        fixture.put("fit", Map.of("id", new AttributeValue.S("1")));

        for (StartupMode mode : StartupMode.values()) {
            assertThatCode(() -> check("fit", mode)).doesNotThrowAnyException();
        }
    }

    @Test
    void aTableWhoseStreamWasSwitchedOffDoesNot() {
        fixture.createTable("off", keys(), Optional.of("NEW_IMAGE"));
        fixture.disableStream("off");

        assertThatCode(() -> check("off", StartupMode.SNAPSHOT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("off", StartupMode.INITIAL))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("Table off")
                .hasMessageContaining("no stream that is on");
    }

    @Test
    void aMissingTableDoesNot() {
        assertThatThrownBy(() -> check("nowhere", StartupMode.SNAPSHOT))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("Table nowhere")
                .hasMessageContaining("does not exist");
    }

    @Test
    void aDeclaredKeyThatIsNotTheTablesDoesNot() {
        fixture.createTable("keyed", keys(), Optional.of("NEW_IMAGE"));
        TableConfig wrong = TableConfigs.declaring("keyed", StartupMode.INITIAL, "name");

        assertThatThrownBy(() -> new PreflightCheck(service).run(wrong))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("Table keyed")
                .hasMessageContaining("its key is [id], but [name] is declared")
                .hasMessageContaining("Declare exactly");
    }

    @Test
    void aDeclaredTypeThatTheKeyDoesNotConvertToDoesNot() {
        fixture.createTable(
                "numbered",
                List.of(new KeyColumn("id", KeyType.S), new KeyColumn("line", KeyType.N)),
                Optional.of("NEW_IMAGE"));
        DeclaredKeyColumn id = new DeclaredKeyColumn("id", "STRING", List.of("S", "N", "B"));

        assertThatCode(() -> check("numbered", id, new DeclaredKeyColumn("line", "INT", List.of("N"))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("numbered", id, new DeclaredKeyColumn("line", "BYTES", List.of("B"))))
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("key attribute 'line' has DynamoDB's type N")
                .hasMessageContaining("does not convert to BYTES");
    }

    private static void check(String table, DeclaredKeyColumn... key) {
        new PreflightCheck(service).run(TableConfigs.declaring(table, StartupMode.INITIAL, List.of(key)));
    }

    private static void check(String table, StartupMode mode) {
        new PreflightCheck(service).run(TableConfigs.declaring(table, mode, "id"));
    }

    private static List<KeyColumn> keys() {
        return List.of(new KeyColumn("id", KeyType.S));
    }
}
