/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectorVersionTest {

    @Test
    void isTheVersionThatWasBuilt() {
        assertThat(ConnectorVersion.get()).matches("\\d+\\.\\d+\\.\\d+(-.+)?");
    }
}
