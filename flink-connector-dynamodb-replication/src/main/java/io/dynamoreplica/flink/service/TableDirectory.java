/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import java.util.List;
import org.apache.flink.annotation.Internal;

/** The tables that exist, for a job that replicates tables by the pattern of their names. */
@Internal
public final class TableDirectory {

    private TableDirectory() {}

    /**
     * Names of the account's tables in the region that is used, in no order.
     *
     * @throws ReplicationException naming the cause and the next step
     */
    public static List<String> names(DynamoDbService service) {
        Answer<List<String>> answer = service.listTables();
        if (answer instanceof Answer.Refused<List<String>> refused) {
            throw refusal(refused.refusal());
        }
        return ((Answer.Ok<List<String>>) answer).value();
    }

    private static ReplicationException refusal(Refusal refusal) {
        String advice =
                switch (refusal.kind()) {
                    case DENIED ->
                        "access was denied. Allow dynamodb:ListTables to whose credentials are"
                                + " used, or name each table instead of a pattern.";
                    case THROTTLED ->
                        "DynamoDB asked for fewer calls. Try again in a while; others in the"
                                + " account share the limits.";
                    case UNAVAILABLE, UNKNOWN, NOT_FOUND, INVALID, ITERATOR_EXPIRED, TRIMMED ->
                        "DynamoDB was not reached, or could not answer. Check 'aws.region',"
                                + " 'aws.endpoint' and the network between; they are needed"
                                + " where the job is built, as a pattern is resolved there.";
                };
        return new ReplicationException("The tables could not be listed: " + advice + " (" + refusal.message() + ")");
    }
}
