/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

/** The decision on a value that does not fit its column, where null is allowed. */
interface ConversionFailureHandler {

    /** Fails the conversion. */
    ConversionFailureHandler RETHROW = (where, why) -> {
        throw why;
    };

    /**
     * Returns if the value becomes null, else throws.
     *
     * @param where the declared column, or the field or element inside it
     */
    void handle(String where, ConversionException why) throws ConversionException;
}
