/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import java.io.IOException;

/** The error for state that was written by a newer release than this one. */
final class UnknownVersion {

    static IOException of(String what, int version, int newest) {
        return new IOException(
                """
                The state holds %s in format %d, and this release reads formats up to %d. Start the job with the release \
                of the connector that wrote the savepoint, or a newer one."""
                        .formatted(what, version, newest));
    }

    private UnknownVersion() {}
}
