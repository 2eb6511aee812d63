/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import org.apache.flink.annotation.Internal;

/**
 * The reason why a call has no result.
 *
 * @param message the message of DynamoDB or of the connection to it; contains no credentials
 */
@Internal
public record Refusal(Kind kind, String message) {

    /** The meaning of a refusal for the caller. */
    public enum Kind {
        /** Too many calls, or too much capacity was used; says nothing about the data. */
        THROTTLED(true),
        /**
         * Not reached, timed out, a broken connection, a damaged answer, or an internal error of the
         * service; says nothing about the data.
         */
        UNAVAILABLE(true),
        /** Credentials are missing, expired or lack the permission; says nothing about the data. */
        DENIED(true),
        /**
         * An error that this connector does not know; says nothing about the data. A job that starts
         * is refused; a job that runs makes the call again.
         */
        UNKNOWN(true),
        /** The table, stream or shard does not exist. */
        NOT_FOUND(false),
        /** The shard iterator is older than 15 minutes. */
        ITERATOR_EXPIRED(false),
        /** The stream no longer keeps the record at the position. */
        TRIMMED(false),
        /** The service understood the call and will never accept it as it is. */
        INVALID(false);

        private final boolean isTransient;

        Kind(boolean isTransient) {
            this.isTransient = isTransient;
        }

        /** Returns whether the same call can succeed later, and no change is lost by then. */
        public boolean isTransient() {
            return isTransient;
        }
    }
}
