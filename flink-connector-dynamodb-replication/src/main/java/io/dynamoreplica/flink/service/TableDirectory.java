/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import java.util.List;
import org.apache.flink.annotation.Internal;

/** The list of tables that exist, for a job that selects tables by a pattern. */
@Internal
public final class TableDirectory {

    private TableDirectory() {}

    /**
     * Returns the names of the account's tables in the region that is used, in no particular order.
     *
     * @throws ReplicationException naming the cause and the next step
     */
    public static List<String> names(DynamoDbService service) {
        Answer<List<String>> answer = service.listTables();
        if (answer instanceof Answer.Refused<List<String>> refused) {
            throw errorFor(refused.refusal());
        } else if (answer instanceof Answer.Ok<List<String>> ok) {
            return ok.value();
        }
        throw new IllegalStateException("No rule handles an answer of %s".formatted(answer.getClass()));
    }

    private static ReplicationException errorFor(Refusal refusal) {
        String advice =
                switch (refusal.kind()) {
                    case DENIED ->
                        """
                            access was denied. Allow dynamodb:ListTables for the credentials that are used, or name \
                            each table instead of a pattern.""";
                    case THROTTLED ->
                        """
                            DynamoDB asked for fewer calls. Try again in a while; others in the account share the \
                            limits.""";
                    case UNAVAILABLE, UNKNOWN, NOT_FOUND, INVALID, ITERATOR_EXPIRED, TRIMMED ->
                        """
                            DynamoDB was not reached, or could not answer. Check 'aws.region', 'aws.endpoint' and \
                            the network between. They are needed where the job is built, because a pattern is \
                            resolved there.""";
                };
        return new ReplicationException("The tables could not be listed: %s (%s)".formatted(advice, refusal.message()));
    }
}
