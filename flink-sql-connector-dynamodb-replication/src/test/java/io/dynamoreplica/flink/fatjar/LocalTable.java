/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.fatjar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A table on DynamoDB Local, written by plain HTTP, because no AWS SDK may be on the class path of
 * these tests.
 */
record LocalTable(HttpClient http, URI endpoint, String name) {

    /**
     * A dummy signature: DynamoDB Local checks that there is a signature, but not whether it is
     * valid.
     */
    private static final String ANY_SIGNATURE =
            """
            AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/dynamodb/aws4_request, \
            SignedHeaders=host, Signature=00""";

    /** Creates a table with the string key {@code id} and a stream of both images. */
    static LocalTable create(URI endpoint, String name) {
        LocalTable table = new LocalTable(HttpClient.newHttpClient(), endpoint, name);
        table.call(
                "CreateTable",
                """
                "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
                "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
                "BillingMode": "PAY_PER_REQUEST",
                "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}\
                """);
        return table;
    }

    /**
     * Puts an item.
     *
     * @param attributes all but {@code id}, as DynamoDB's JSON without the outer braces
     */
    void put(String id, String attributes) {
        call("PutItem", "\"Item\": {\"id\": {\"S\": \"%s\"}, %s}".formatted(id, attributes));
    }

    void delete(String id) {
        call("DeleteItem", "\"Key\": {\"id\": {\"S\": \"%s\"}}".formatted(id));
    }

    private void call(String operation, String members) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("Authorization", ANY_SIGNATURE)
                .POST(BodyPublishers.ofString("{\"TableName\": \"%s\", %s}".formatted(name, members)))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(operation + " on " + name + " was refused: " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(operation + " was interrupted", e);
        }
    }
}
