/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.AttributeType;
import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.change.json.JsonForm;
import java.io.IOException;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * A value that its column cannot hold. Learns where it happened on its way out, so that conversions
 * that succeed pay nothing for it, and has no stack trace, so that many that do not cost little.
 * Never holds the text or bytes of a value: they may be secret.
 */
final class ConversionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final AttributePath path;
    private final String problem;

    ConversionException(String problem) {
        this(AttributePath.HERE, problem);
    }

    private ConversionException(AttributePath path, String problem) {
        super(path.equals(AttributePath.HERE) ? problem : "Attribute '" + path + "' " + problem);
        this.path = path;
        this.problem = problem;
    }

    static ConversionException wrongType(AttributeType found, LogicalType wanted) {
        return new ConversionException(
                "is of type " + found + ", which does not convert to " + wanted.asSummaryString());
    }

    /**
     * @param what tells of the value without repeating it; only the digits of a number are harmless
     */
    static ConversionException doesNotFit(AttributeType found, String what, LogicalType wanted) {
        return new ConversionException(
                "of type " + found + " is " + what + ", which does not fit " + wanted.asSummaryString());
    }

    /** The same problem seen from the map or row around it. */
    ConversionException under(String name) {
        return new ConversionException(path.under(name), problem);
    }

    /** The same problem seen from the list around it. */
    ConversionException at(int index) {
        return new ConversionException(path.at(index), problem);
    }

    /**
     * The problem in a sentence with the table and the item's key, as DynamoDB's own tools take it.
     */
    String describe(ChangeEvent event) {
        return "An item of table "
                + event.table()
                + " does not fit its declaration in SQL. "
                + getMessage()
                + ". The item's key is "
                + JsonForm.DYNAMODB.textOf(event.keys())
                + ".";
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
