/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.state;

import java.io.IOException;

/** The state was written by a release that is newer than this one. */
final class UnknownVersion {

    static IOException of(String what, int version, int newest) {
        return new IOException("The state holds "
                + what
                + " in format "
                + version
                + ", and this release reads formats up to "
                + newest
                + ". Start the job with the release of the connector that wrote the savepoint, or a newer one.");
    }

    private UnknownVersion() {}
}
