/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;

/** Some of the tables that a job replicates, and what holds for them alone. */
@Internal
public sealed interface TableSelection {

    /** Over those of the job. */
    TableSettings settings();

    /** One table, whether it exists or not. */
    record Named(String name, TableSettings settings) implements TableSelection {
        public Named {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(settings, "settings");
        }
    }

    /**
     * Each table that exists and whose whole name matches.
     *
     * @param names compared by their text: a pattern has no equality
     */
    record Matching(Pattern names, TableSettings settings) implements TableSelection {
        public Matching {
            Objects.requireNonNull(names, "names");
            Objects.requireNonNull(settings, "settings");
        }

        boolean covers(String table) {
            return names.matcher(table).matches();
        }
    }
}
