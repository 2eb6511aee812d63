/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A release of Flink whose class path the build has copied into a folder.
 *
 * @param version as on Maven
 * @param lib the folder
 */
record FlinkRelease(String version, Path lib) {

    /**
     * Returns the oldest release that the connector supports. The connector is compiled against it.
     */
    static FlinkRelease oldest() {
        return named("oldest");
    }

    static FlinkRelease newest() {
        return named("newest");
    }

    private static FlinkRelease named(String name) {
        Path lib = Path.of(System.getProperty("flink." + name + ".lib"));
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException("No class path of Flink in " + lib + "; run './mvnw -Pcluster verify'");
        }
        return new FlinkRelease(System.getProperty("flink." + name + ".version"), lib);
    }
}
