/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.time.Duration;

/** The time for which a stream keeps its records, for the enumerator and for readers. */
public final class Retention {

    /** AWS documents that a stream keeps its records for 24 hours. After that it may trim them any time. */
    public static final Duration OF_RECORDS = Duration.ofHours(24);

    /** If less time than this is left, someone should act. Chosen: enough time to act also at night. */
    public static final Duration LOW = Duration.ofHours(6);

    private Retention() {}
}
