/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service.aws;

import static io.dynamoreplica.flink.testing.contract.Answers.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynamoreplica.flink.projection.Projection;
import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.Refusal;
import io.dynamoreplica.flink.service.ReplicationException;
import io.dynamoreplica.flink.service.ScanRequest;
import io.dynamoreplica.flink.split.ScanPosition;
import io.dynamoreplica.flink.split.ScanSplit;
import io.dynamoreplica.flink.split.ShardSplit.ShardKey;
import io.dynamoreplica.flink.testing.HttpStub;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of answers without a checksum that are JSON but not DynamoDB's format. Before a fuzzer found them, each was
 * accepted as an answer, or broke the connector.
 */
class GarbledAnswersTest {

    private static final String ARN = "arn:aws:dynamodb:eu-central-1:000000000000:table/orders/stream/1";

    @RegisterExtension
    final StubbedService stubbed = new StubbedService();

    private final HttpStub stub = stubbed.stub();
    private final DynamoDbService service = stubbed.service();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a count of other items            | {'Items':[{'id':{'S':'a'}}],'Count':2}",
                "an item without attributes        | {'Items':[{}],'Count':1}",
                "an attribute without value        | {'Items':[{'id':null}],'Count':1}",
                "an element without value          | {'Items':[{'id':{'L':[null]}}],'Count':1}",
                "a set's element without value     | {'Items':[{'id':{'SS':[null]}}],'Count':1}",
                "a last key that no key is         | {'Items':[],'LastEvaluatedKey':{'a':{'BOOL':true}}}",
            })
    void aScanIsAskedAgainAfter(String what, String json) {
        stub.thenAnswer(json.replace('\'', '"'));

        assertThat(refused(scan())).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    /** If this counted as the end of the shard, all records that follow would be lost. */
    @Test
    void anEmptyNextIteratorIsNoEndOfAShard() {
        stub.thenAnswer("{\"Records\":[],\"NextShardIterator\":\"\"}");

        assertThat(refused(service.records(new ShardKey("orders", ARN, "shard"), "iterator")))
                .isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no change          | {'eventName':'INSERT'}",
                "no event           | {'dynamodb':{'Keys':{'id':{'S':'a'}},'SequenceNumber':'1','ApproximateCreationDateTime':1}}",
                "no keys            | {'eventName':'INSERT','dynamodb':{'SequenceNumber':'1','ApproximateCreationDateTime':1}}",
                "empty keys         | {'eventName':'INSERT','dynamodb':{'Keys':{},'SequenceNumber':'1','ApproximateCreationDateTime':1}}",
                "no number          | {'eventName':'INSERT','dynamodb':{'Keys':{'id':{'S':'a'}},'ApproximateCreationDateTime':1}}",
                "a text for number  | {'eventName':'INSERT','dynamodb':{'Keys':{'id':{'S':'a'}},'SequenceNumber':'a','ApproximateCreationDateTime':1}}",
                "no time            | {'eventName':'INSERT','dynamodb':{'Keys':{'id':{'S':'a'}},'SequenceNumber':'1'}}",
                "nothing            | null",
            })
    void recordsAreAskedForAgainAfterOneWith(String what, String json) {
        stub.thenAnswer("{\"Records\":[%s]}".formatted(json.replace('\'', '"')));

        assertThat(refused(service.records(new ShardKey("orders", ARN, "shard"), "iterator")))
                .isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no shards at all   | {'StreamDescription':{'StreamStatus':'ENABLED'}}",
                "no status          | {'StreamDescription':{'Shards':[]}}",
                "a shard without id | {'StreamDescription':{'StreamStatus':'ENABLED','Shards':[{}]}}",
                "its own parent     | {'StreamDescription':{'StreamStatus':'ENABLED','Shards':[{'ShardId':'a','ParentShardId':'a'}]}}",
            })
    void aListingIsAskedForAgainAfterOneWith(String what, String json) {
        stub.thenAnswer(json.replace('\'', '"'));

        assertThat(refused(service.listShards(ARN))).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no keys             | {'Table':{'TableStatus':'ACTIVE','TableId':'1'}}",
                "no status           | {'Table':{'TableId':'1','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}]}}",
                "a key without type  | {'Table':{'TableStatus':'ACTIVE','TableId':'1','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}}",
                "neither id nor date | {'Table':{'TableStatus':'ACTIVE','KeySchema':[{'AttributeName':'id','KeyType':'HASH'}],'AttributeDefinitions':[{'AttributeName':'id','AttributeType':'S'}]}}",
            })
    void aTableIsDescribedAgainAfter(String what, String json) {
        stub.thenAnswer(json.replace('\'', '"'));

        assertThat(refused(service.describeTable("orders"))).isEqualTo(Refusal.Kind.UNAVAILABLE);
    }

    /** The next answer will be the same, so the error must reach the user. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'X':1}", "{'L':[{'X':1}]}", "{'M':{'a':{'X':1}}}", "{}"})
    void aTypeThatNobodyKnowsIsNamed(String value) {
        stub.thenAnswer("{\"Items\":[{\"id\":%s}]}".formatted(value.replace('\'', '"')));

        assertThatThrownBy(this::scan)
                .isInstanceOf(ReplicationException.class)
                .hasMessageContaining("type that this version of the connector does not know");
    }

    private Answer<?> scan() {
        return service.scan(new ScanRequest(
                new ScanSplit("orders", 1, 0, 1, ScanPosition.START),
                Projection.wholeItem(),
                true,
                OptionalInt.empty()));
    }
}
