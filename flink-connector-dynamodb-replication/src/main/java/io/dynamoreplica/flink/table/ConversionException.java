/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import java.io.IOException;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A value that its column cannot hold. Learns where it happened on its way out, so that conversions
 * that succeed pay nothing for it. Never holds the text or bytes of a value: they may be secret.
 */
final class ConversionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;

    ConversionException(String problem) {
        this("", problem);
    }

    private ConversionException(String path, String problem) {
        super(path.isEmpty() ? problem : "Attribute '" + path + "' " + problem);
        this.path = path;
        this.problem = problem;
    }

    static ConversionException mismatch(AttributeType found, LogicalType wanted) {
        return new ConversionException(
                "is of type " + found + ", which does not convert to " + wanted.asSummaryString());
    }

    static ConversionException misfit(String what, LogicalType wanted) {
        return new ConversionException(
                "is " + what + ", which does not fit " + wanted.asSummaryString());
    }

    /** The same problem seen from the map or row around it. */
    ConversionException under(String name) {
        boolean direct = path.isEmpty() || path.startsWith("[");
        return new ConversionException(direct ? name + path : name + "." + path, problem);
    }

    /** The same problem seen from the list around it. */
    ConversionException at(int index) {
        boolean direct = path.isEmpty() || path.startsWith("[");
        return new ConversionException("[" + index + "]" + (direct ? path : "." + path), problem);
    }
}
