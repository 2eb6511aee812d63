/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

/** What becomes of a value that does not fit, where null could stand in its place. */
interface ConversionFailureHandler {

    /** Nothing may be lost. */
    ConversionFailureHandler RETHROW = (where, why) -> {
        throw why;
    };

    /**
     * Returns if the value may become null.
     *
     * @param where the column, or the field or element in it, as declared
     */
    void handle(String where, ConversionException why) throws ConversionException;
}
