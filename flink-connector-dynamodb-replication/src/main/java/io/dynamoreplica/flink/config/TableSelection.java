/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;

/** One or several tables that a job replicates, with the settings that apply only to them. */
@Internal
public sealed interface TableSelection {

    /** Returns the settings, which have priority over those of the job. */
    TableSettings settings();

    /**
     * One table. It need not exist.
     *
     * @param name the name or the ARN
     */
    record Named(String name, TableSettings settings) implements TableSelection {
        public Named {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(settings, "settings");
        }
    }

    /** Every existing table whose whole name matches a pattern. */
    record Matching(Pattern names, TableSettings settings) implements TableSelection {
        public Matching {
            Objects.requireNonNull(names, "names");
            Objects.requireNonNull(settings, "settings");
        }

        boolean matches(String table) {
            return names.matcher(table).matches();
        }
    }
}
