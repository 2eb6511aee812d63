/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.fatjar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that the documentation names the jars with their right paths and versions. */
class HowToGetItIT {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final String VERSION = System.getProperty("project.version");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/sql.md"})
    void aPageNamesTheFatJarByItsPathAndItsCoordinates(String page) throws IOException {
        Path jar = PackagedJar.fat().path();
        assertThat(jar).isRegularFile();
        assertThat(Files.readString(ROOT.resolve(page)))
                .contains("`" + ROOT.relativize(jar) + "`")
                .contains("`io.dynamoreplica:flink-sql-connector-dynamodb-replication:" + VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/datastream.md"})
    void aPageNamesTheConnectorByItsCoordinates(String page) throws IOException {
        assertThat(Files.readString(ROOT.resolve(page)))
                .contains("`io.dynamoreplica:flink-connector-dynamodb-replication:" + VERSION);
    }

    @Test
    void theProjectToCopyUsesTheVersionThatIsBuilt() throws IOException {
        assertThat(Files.readString(ROOT.resolve("examples/datastream-project/pom.xml")))
                .contains("<connector.version>" + VERSION + "</connector.version>");
    }
}
