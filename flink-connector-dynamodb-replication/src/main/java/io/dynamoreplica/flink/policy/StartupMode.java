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
    /** The table is copied, and then its stream is read. */
    INITIAL("initial", true, true),
    /** The table is copied once, and the job ends. */
    SNAPSHOT("snapshot", true, false),
    /** The table is copied again and again, on a schedule. Its stream is not read. */
    FULL_TABLE("full-table", true, false),
    /** The table is not copied. Its stream is read from the start of the job. */
    LATEST_OFFSET("latest-offset", false, true),
    /** The table is not copied. Its stream is read from the oldest record kept. */
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

    /** Returns whether the table is copied by Scan first. */
    public boolean scans() {
        return scans;
    }

    /** Returns whether the job comes to an end. */
    public boolean isBounded() {
        return this == SNAPSHOT;
    }

    /** Returns whether the table's stream is read. */
    public boolean streams() {
        return streams;
    }

    /** Returns the value that a user writes. Flink's configuration parses and prints enums by it. */
    @Override
    public String toString() {
        return value;
    }
}
