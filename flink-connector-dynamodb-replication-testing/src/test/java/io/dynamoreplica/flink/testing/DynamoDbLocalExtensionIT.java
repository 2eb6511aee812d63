/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoDbLocalExtensionIT {

    @RegisterExtension
    static final DynamoDbLocalExtension DYNAMODB = new DynamoDbLocalExtension();

    @Test
    void aFreshServerAnswersForTablesAndForStreams() {
        assertThat(DYNAMODB.tables().listTables().tableNames()).isEmpty();
        assertThat(DYNAMODB.streams().listStreams().streams()).isEmpty();
    }
}
