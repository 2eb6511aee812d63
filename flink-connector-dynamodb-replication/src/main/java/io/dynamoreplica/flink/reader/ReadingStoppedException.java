/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The error of a split that cannot be read, and that another attempt could not read either. It is
 * non-recoverable in Flink's sense: the job fails immediately, whatever its restart strategy is.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class ReadingStoppedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message the table, the cause and the next step
     */
    ReadingStoppedException(String message) {
        super(message);
    }
}
