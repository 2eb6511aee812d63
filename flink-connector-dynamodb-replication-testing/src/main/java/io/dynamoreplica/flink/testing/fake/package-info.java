/**
 * An in-memory DynamoDB behind the port {@code DynamoDbService}, for what DynamoDB Local never
 * does: shards that split, close and are trimmed on command, listings that lag, refusals and stalls
 * at a chosen moment, a server clock that the test sets.
 *
 * <pre>
 *  FakeDynamoDb (one account, one lock)
 *    |-- FakeTable  items, ordered by key hash --- writes ---&gt; FakeStream (one per ARN)
 *    |                                                           |-- FakeShard [hash range]
 *    |-- Faults     refusals and stalls                          |     `-- FakeShard (child after a roll-over)
 *    |-- CallLog    what was asked for                           `-- FakeShard
 *    |-- Behaviour  page sizes, empty pages, iterator life             |-- FakeShard (children after a split)
 *    `-- ServerClock                                                   `-- FakeShard
 * </pre>
 *
 * <p>It is held to the contract suite of the port, so that it stays as honest as the real thing.
 */
package io.dynamoreplica.flink.testing.fake;
