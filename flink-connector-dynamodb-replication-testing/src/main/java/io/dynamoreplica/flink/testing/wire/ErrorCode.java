/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.service.Refusal;

/** An error of DynamoDB, with the status and the namespace under which DynamoDB sends it. */
public enum ErrorCode {
    RESOURCE_NOT_FOUND(400, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"),
    TRIMMED_DATA_ACCESS(400, "com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException"),
    EXPIRED_ITERATOR(400, "com.amazonaws.dynamodb.v20120810#ExpiredIteratorException"),
    PROVISIONED_THROUGHPUT_EXCEEDED(400, "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"),
    LIMIT_EXCEEDED(400, "com.amazonaws.dynamodb.v20120810#LimitExceededException"),
    THROTTLING(400, "com.amazon.coral.availability#ThrottlingException"),
    ACCESS_DENIED(400, "com.amazon.coral.service#AccessDeniedException"),
    EXPIRED_TOKEN(400, "com.amazon.coral.service#ExpiredTokenException"),
    UNKNOWN_OPERATION(400, "com.amazon.coral.service#UnknownOperationException"),
    SERIALIZATION(400, "com.amazon.coral.service#SerializationException"),
    VALIDATION(400, "com.amazon.coral.validate#ValidationException"),
    INTERNAL_SERVER_ERROR(500, "com.amazonaws.dynamodb.v20120810#InternalServerError"),
    SERVICE_UNAVAILABLE(503, "com.amazon.coral.availability#ServiceUnavailableException");

    private final int status;
    private final String type;

    ErrorCode(int status, String type) {
        this.status = status;
        this.type = type;
    }

    /**
     * Translates a refusal of the fake into the error that DynamoDB sends to a caller of this
     * operation.
     */
    static ErrorCode of(Refusal.Kind kind, WireOperation operation) {
        return switch (kind) {
            case THROTTLED ->
                switch (operation) {
                    case SCAN -> PROVISIONED_THROUGHPUT_EXCEEDED;
                    case DESCRIBE_STREAM, GET_RECORDS -> LIMIT_EXCEEDED;
                    default -> THROTTLING;
                };
            case UNAVAILABLE -> INTERNAL_SERVER_ERROR;
            case DENIED -> ACCESS_DENIED;
            case NOT_FOUND -> RESOURCE_NOT_FOUND;
            case ITERATOR_EXPIRED -> EXPIRED_ITERATOR;
            case TRIMMED -> TRIMMED_DATA_ACCESS;
            case UNKNOWN -> UNKNOWN_OPERATION;
            case INVALID -> VALIDATION;
        };
    }

    /** Returns the error's name on the wire, without the namespace. */
    public String code() {
        return type.substring(type.indexOf('#') + 1);
    }

    HttpReply reply(String message) {
        return HttpReply.json(status, JsonObject.written(json -> {
            json.writeStringField("__type", type);
            // DynamoDB's own errors write "message", errors of the Coral framework write "Message".
            json.writeStringField(type.contains("coral.service") ? "Message" : "message", message);
        }));
    }
}
