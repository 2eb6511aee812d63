/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

/**
 * The error for a projection that DynamoDB would refuse. The message says what is wrong and what to
 * do. It does not name the table or the option, which the caller adds.
 */
public final class InvalidProjectionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidProjectionException(String message) {
        super(message);
    }
}
