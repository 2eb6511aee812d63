/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.fake;

/** The images that a stream's records carry besides the keys. */
public enum StreamViewType {
    KEYS_ONLY(false, false),
    NEW_IMAGE(false, true),
    OLD_IMAGE(true, false),
    NEW_AND_OLD_IMAGES(true, true);

    private final boolean old;
    private final boolean fresh;

    StreamViewType(boolean old, boolean fresh) {
        this.old = old;
        this.fresh = fresh;
    }

    boolean keepsOldImage() {
        return old;
    }

    boolean keepsNewImage() {
        return fresh;
    }
}
