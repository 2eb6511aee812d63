/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

/** The source of credentials had none to give; the cause says why, and holds none. */
final class CredentialsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialsUnavailableException(Throwable cause) {
        super("No credentials: " + cause.getMessage(), cause);
    }
}
