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
 * The error for an item that does not fit the table as declared. It is non-recoverable: after a
 * restart the job would read the same item again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class ItemConversionException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final String TEXT =
            """
            %s Declare the column with a type that holds all its values, such as STRING. Or remove the column. \
            Or, if the column may be null, set '%s' = '%s'.""";

    ItemConversionException(ChangeEvent event, ConversionException why) {
        super(TEXT.formatted(
                why.describe(event), ReplicationOptions.CONVERSION_ON_ERROR.key(), ConversionErrorPolicy.NULL));
    }
}
