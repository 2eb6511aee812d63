/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** A table's stream and the time of day as the server itself shows them. */
record ServerSide(DynamoDbLocalExtension server, String table) {

    /** Returns the server's time, rounded down to the second, which is a millisecond of the test's time. */
    Instant now() {
        return server.tables()
                .listTables()
                .sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                .orElseThrow()
                .toInstant();
    }

    /** Returns the number of shards that the stream lists. */
    int shards() {
        String arn = server.tables()
                .describeTable(call -> call.tableName(table))
                .table()
                .latestStreamArn();
        StreamDescription stream =
                server.streams().describeStream(call -> call.streamArn(arn)).streamDescription();
        return stream.shards().size();
    }
}
