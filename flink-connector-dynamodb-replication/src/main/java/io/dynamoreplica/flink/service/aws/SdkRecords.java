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

/** The conversion of stream records to our types. A record that lacks a part is rejected. */
final class SdkRecords {

    /** The identity of the service that removes items whose time to live has passed. */
    private static final String DYNAMODB_PRINCIPAL = "dynamodb.amazonaws.com";

    private SdkRecords() {}

    /**
     * Reads a record.
     *
     * @param memory told of each value of the record
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

    /** Checks that the sequence number is a number: consumers compare sequence numbers as numbers. */
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
                throw new ReplicationException(
                        """
                        Stream record %s has an event that this version of the connector does not know: %s. Use a \
                        newer version of the connector"""
                                .formatted(record.dynamodb().sequenceNumber(), record.eventNameAsString()));
        };
    }

    private static boolean isDynamoDbItself(Identity identity) {
        return identity != null
                && "Service".equals(identity.type())
                && DYNAMODB_PRINCIPAL.equals(identity.principalId());
    }
}
