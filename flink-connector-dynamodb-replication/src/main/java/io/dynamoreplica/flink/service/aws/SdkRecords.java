/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Operation;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.StreamRecord;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** A stream's records in our words; one that lacks a part is none. */
final class SdkRecords {

    /** The service identity by which DynamoDB removes items whose time to live has passed. */
    private static final String DYNAMODB_PRINCIPAL = "dynamodb.amazonaws.com";

    private SdkRecords() {}

    /**
     * @param memory is told of what the record holds
     */
    static StreamRecord read(Record sent, MemoryEstimate memory) {
        Record record = AnswerParts.sent(sent, "record");
        var change = AnswerParts.sent(record.dynamodb(), "change in a record");
        return new StreamRecord(
                sequenceNumber(change),
                operation(record),
                new Images(
                        image(change.hasKeys() ? change.keys() : null, "Keys", memory),
                        change.hasOldImage() ? image(change.oldImage(), "OldImage", memory) : null,
                        change.hasNewImage() ? image(change.newImage(), "NewImage", memory) : null),
                AnswerParts.sent(change.approximateCreationDateTime(), "ApproximateCreationDateTime"),
                isDynamoDbItself(record.userIdentity()));
    }

    private static SdkItem image(Map<String, AttributeValue> image, String name, MemoryEstimate memory) {
        return new SdkItem(AnswerParts.whole(image, name + " in a record", memory));
    }

    /** Positions are compared as numbers, and go back to DynamoDB as they came. */
    private static String sequenceNumber(software.amazon.awssdk.services.dynamodb.model.StreamRecord change) {
        String number = AnswerParts.sentText(change.sequenceNumber(), "SequenceNumber");
        if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw AnswerParts.incomplete("A record's SequenceNumber is no number");
        }
        return number;
    }

    private static Operation operation(Record record) {
        return switch (AnswerParts.sent(record.eventName(), "eventName")) {
            case INSERT -> Operation.INSERT;
            case MODIFY -> Operation.MODIFY;
            case REMOVE -> Operation.REMOVE;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new ReplicationException("Stream record "
                        + record.dynamodb().sequenceNumber()
                        + " is of an event that this version of the connector does not"
                        + " know: "
                        + record.eventNameAsString()
                        + ". Use a newer version of the connector");
        };
    }

    private static boolean isDynamoDbItself(Identity identity) {
        return identity != null
                && "Service".equals(identity.type())
                && DYNAMODB_PRINCIPAL.equals(identity.principalId());
    }
}
