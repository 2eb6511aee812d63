/**
 * DynamoDB over HTTP, for what DynamoDB Local never does, through the real SDK and a real Flink:
 * shards that split and are trimmed on command, listings of many pages, and a wire that breaks.
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
 * <p>What happens at DynamoDB is scripted at the fake ({@code wire.db()}), what happens between
 * DynamoDB and the client at {@link io.dynamoreplica.flink.testing.wire.WireFaults}. A test of a
 * whole job begins with {@code WireTable}.
 *
 * <p>It is held to the contract suite of the port, through the adapter. Signatures are not checked.
 */
package io.dynamoreplica.flink.testing.wire;
