/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

/** The error of a source of credentials that has none. The cause says why; it contains no secret. */
final class CredentialsUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialsUnavailableException(Throwable cause) {
        super("No credentials: " + cause.getMessage(), cause);
    }
}
