/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.split;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/** For how long a stream keeps what was not read yet: the enumerator and readers both go by it. */
@Internal
public final class Retention {

    /** A stream keeps its records for 24 hours, says AWS, and may trim them at any moment after. */
    public static final Duration OF_RECORDS = Duration.ofHours(24);

    /** With less than this left someone should act: time enough to do so, also at night; chosen. */
    public static final Duration LOW = Duration.ofHours(6);

    private Retention() {}
}
