/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

/**
 * The distance between replica and table, in words for someone who watches it for the first time.
 *
 * <p>After the copy the job reads the stream from its beginning, and so also the records of loading
 * the table. The age of those records does not show how well the job keeps up.
 *
 * @param liveSince when the first live write was made, in milliseconds since 1970
 */
record Lag(long liveSince) {

    /**
     * @param newestChange when the newest change that the stream has brought was written, in
     *     milliseconds since 1970; 0 if there is none yet
     */
    String inWords(long newestChange, long now) {
        if (newestChange == 0) {
            return "copying";
        }
        return newestChange < liveSince ? "catching up" : "lag %.1f s".formatted((now - newestChange) / 1000.0);
    }
}
