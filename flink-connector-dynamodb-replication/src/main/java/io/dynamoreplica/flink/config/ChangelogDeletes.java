/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import org.apache.flink.annotation.PublicEvolving;

/** The content of a DELETE row of a SQL table: values of {@code changelog.deletes}. */
@PublicEvolving
public enum ChangelogDeletes {
    /** The item as it was before it was deleted. This needs a stream with old images. */
    FULL("full"),
    /** The key. All other columns are null. */
    KEY("key");

    /** The key of the option, for messages of packages that must not import Flink's configuration. */
    public static final String OPTION = "changelog.deletes";

    private final String value;

    ChangelogDeletes(String value) {
        this.value = value;
    }

    @Override
    public String toString() {
        return value;
    }
}
