/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import org.apache.flink.annotation.Internal;

/**
 * Why a call has no result.
 *
 * @param message what DynamoDB, or the connection to it, said; carries no credentials
 */
@Internal
public record Refusal(Kind kind, String message) {

    /** What a refusal means for the caller. */
    public enum Kind {
        /** Too many calls or too much capacity; says nothing about the data. */
        THROTTLED(true),
        /**
         * Not reached, timed out, cut off, garbled, or an internal error of the service; says
         * nothing about the data.
         */
        UNAVAILABLE(true),
        /** Credentials missing, expired or without the permission; says nothing about the data. */
        DENIED(true),
        /**
         * Refused by an error that this connector does not know; says nothing about the data. A job
         * that begins is refused for it, one that runs tries again.
         */
        UNKNOWN(true),
        /** The table, stream or shard does not exist. */
        NOT_FOUND(false),
        /** The shard iterator is older than 15 minutes. */
        ITERATOR_EXPIRED(false),
        /** The position is past what the stream keeps. */
        TRIMMED(false),
        /** The service understood the call and will never answer it as it is. */
        INVALID(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same call can succeed later without anything being lost by then. */
        public boolean isPassing() {
            return passing;
        }
    }
}
