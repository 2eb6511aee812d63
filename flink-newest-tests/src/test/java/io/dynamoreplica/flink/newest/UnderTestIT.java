/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.newest;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynamoreplica.flink.config.TableConfigs;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.testing.DynamoDbLocalServer;
import java.io.IOException;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.flink.connector.base.source.reader.SourceReaderBase;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.table.api.TableEnvironment;
import org.junit.jupiter.api.Test;

class UnderTestIT {

    @Test
    void flinkIsTheNewest() {
        String newest = System.getProperty("flink.newest.version");

        assertThat(EnvironmentInformation.getVersion()).isEqualTo(newest);
        assertThat(Stream.of(SourceReaderBase.class, TableEnvironment.class))
                .allSatisfy(flink -> assertThat(origin(flink)).endsWith("-" + newest + ".jar"));
    }

    @Test
    void theConnectorAndItsTestsComeFromTheJarsThatWerePackagedOnTheOldest() throws IOException {
        assertThat(origin(ScanSplit.class))
                .matches(".*/flink-connector-dynamodb-replication-\\d[^/]*(?<!-tests)\\.jar");
        assertThat(origin(DynamoDbLocalServer.class))
                .matches(".*/flink-connector-dynamodb-replication-testing-\\d[^/]*(?<!-tests)\\.jar");
        assertThat(origin(TableConfigs.class))
                .matches(".*/flink-connector-dynamodb-replication-tests-\\d[^/]*-tests\\.jar");
        try (JarFile connector = new JarFile(origin(ScanSplit.class))) {
            assertThat(connector.getManifest().getMainAttributes().getValue("Built-On-Flink"))
                    .isEqualTo(System.getProperty("flink.oldest.version"));
        }
    }

    private static String origin(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
