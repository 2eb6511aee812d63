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
 * The error for a value that its column cannot hold.
 *
 * <p>Each surrounding map, row and list adds its step to the path while the exception passes, so a
 * conversion that succeeds costs nothing. There is no stack trace, so that many failures cost little.
 * The message never holds the text or the bytes of a value, because they may be secret.
 */
final class ConversionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final AttributePath path;
    private final String problem;

    ConversionException(String problem) {
        this(AttributePath.HERE, problem);
    }

    private ConversionException(AttributePath path, String problem) {
        super(path.equals(AttributePath.HERE) ? problem : "Attribute '%s' %s".formatted(path, problem));
        this.path = path;
        this.problem = problem;
    }

    static ConversionException wrongType(AttributeType found, LogicalType wanted) {
        return new ConversionException(
                "is of type %s, which does not convert to %s".formatted(found, wanted.asSummaryString()));
    }

    /**
     * Makes the error for a value of a right type that its column cannot hold.
     *
     * @param what describes the value; only the digits of a number may be repeated
     */
    static ConversionException doesNotFit(AttributeType found, String what, LogicalType wanted) {
        return new ConversionException(
                "of type %s is %s, which does not fit %s".formatted(found, what, wanted.asSummaryString()));
    }

    /** Returns the same problem as the surrounding map or row reports it. */
    ConversionException under(String name) {
        return new ConversionException(path.under(name), problem);
    }

    /** Returns the same problem as the surrounding list reports it. */
    ConversionException at(int index) {
        return new ConversionException(path.at(index), problem);
    }

    /** Returns the problem with the table and the item's key, written as DynamoDB's tools accept it. */
    String describe(ChangeEvent event) {
        return "An item of table %s does not fit its declaration in SQL. %s. The item's key is %s."
                .formatted(event.table(), getMessage(), JsonForm.DYNAMODB.textOf(event.keys()));
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
