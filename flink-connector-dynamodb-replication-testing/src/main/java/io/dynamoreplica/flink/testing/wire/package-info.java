/**
 * DynamoDB over HTTP, for behaviour that DynamoDB Local never shows, used through the real SDK and
 * a real Flink: shards that split and are trimmed on command, listings of many pages, and a
 * connection that breaks.
 *
 * <pre>
 *   connector under test                     WireDynamoDb
 *  +---------------------+    HTTP/1.1     +------------------------------------------------+
 *  | service.aws         |                 | HttpEndpoint    a socket, a thread a connection|
 *  |   the AWS SDK  -----+-- X-Amz-Target -+--&gt; HttpConnection ---&gt; WireRequest             |
 *  |                     |    and JSON     |        ^                   |                   |
 *  |                     |                 |        |               WireFaults: none? which?|
 *  |                     |&lt;- status line, -+--- WireFault               |                   |
 *  |                     |   headers,      |   (or nothing) &lt;-- HttpReply |                   |
 *  +---------------------+   JSON, CRC,    |                      ^       v                   |
 *                            Date          |   WireBehaviour -- WireProtocol: TableCalls,     |
 *                                          |   pages of           |           StreamCalls     |
 *                                          |   listings           v                           |
 *                                          |             FakeDynamoDb: tables, streams,       |
 *                                          |             refusals, stalls, the server's clock |
 *                                          +------------------------------------------------+
 * </pre>
 *
 * <p>Failures of DynamoDB are scripted at the fake ({@code wire.db()}), failures between DynamoDB
 * and the client at {@link io.dynamoreplica.flink.testing.wire.WireFaults}. A test of a whole job
 * begins with {@code WireTable}.
 *
 * <p>The contract suite of the port also tests this simulator, through the adapter. Signatures are
 * not checked.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.testing.wire;
