/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.table;

import io.dynamoreplica.flink.change.ChangeEvent;
import io.dynamoreplica.flink.config.ConversionErrorPolicy;
import io.dynamoreplica.flink.config.ReplicationOptions;
import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * An item does not fit the table as declared. Not recoverable in Flink's sense: a restart would
 * read the same item again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class ItemConversionException extends IOException {

    private static final long serialVersionUID = 1L;

    ItemConversionException(ChangeEvent event, ConversionException why) {
        super(why.describe(event)
                + " Declare the column with a type that holds every value of it, such as STRING; leave it out;"
                + " or, if it may be null, set '"
                + ReplicationOptions.CONVERSION_ON_ERROR.key()
                + "' = '"
                + ConversionErrorPolicy.NULL
                + "'.");
    }
}
