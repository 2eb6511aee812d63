/**
 * An in-memory DynamoDB behind the port {@code DynamoDbService}. It exists for behaviour that
 * DynamoDB Local never shows: shards that split, close and are trimmed on command, delayed
 * listings, refusals and stalls at a chosen moment, and a server clock that the test sets.
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
 * <p>The contract suite of the port also tests this fake, so that it behaves as DynamoDB does.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.testing.fake;
