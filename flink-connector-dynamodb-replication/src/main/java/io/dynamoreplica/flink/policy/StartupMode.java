/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.policy;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The point at which replication begins; the values of {@code scan.startup.mode}, with the names that
 * Flink CDC uses, where it has them.
 */
@PublicEvolving
public enum StartupMode {
    INITIAL("initial", true, true),
    SNAPSHOT("snapshot", true, false),
    FULL_TABLE("full-table", true, false),
    LATEST_OFFSET("latest-offset", false, true),
    EARLIEST_OFFSET("earliest-offset", false, true);

    /** The key of the option, for messages of packages that do not know Flink's options. */
    public static final String OPTION = "scan.startup.mode";

    private final String value;
    private final boolean scans;
    private final boolean streams;

    StartupMode(String value, boolean scans, boolean streams) {
        this.value = value;
        this.scans = scans;
        this.streams = streams;
    }

    /** Whether the table is copied by Scan first. */
    public boolean scans() {
        return scans;
    }

    /** Whether the job comes to an end. */
    public boolean isBounded() {
        return this == SNAPSHOT;
    }

    /** Whether the table's stream is read. */
    public boolean streams() {
        return streams;
    }

    /** Returns the value that a user writes. Flink's configuration parses and prints enums by it. */
    @Override
    public String toString() {
        return value;
    }
}
