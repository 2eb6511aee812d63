/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader;

import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A split cannot be read, and another attempt would fail in the same way. Not recoverable in
 * Flink's sense: the job fails at once, whatever its restart strategy.
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
