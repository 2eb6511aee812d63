/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.config.ReplicationConfigParser;
import io.dynamoreplica.flink.service.DynamoDbService;
import io.dynamoreplica.flink.service.aws.AwsDynamoDbServiceFactory;
import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import io.dynamoreplica.flink.testing.fake.FakeDynamoDb;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A DynamoDB that the real SDK reaches over HTTP: the fake behind DynamoDB's JSON protocol, with a
 * connection that can be damaged. Tables, streams and failures of DynamoDB itself are set at the
 * fake; see {@link #db}.
 */
public final class WireDynamoDb implements AutoCloseable {

    private final FakeDynamoDb db = new FakeDynamoDb();
    private final DynamoDbService service = db.service();
    private final WireBehaviour behaviour = new WireBehaviour();
    private final WireFaults faults = new WireFaults();
    private final WireProtocol protocol =
            new WireProtocol(new TableCalls(db, service, behaviour), new StreamCalls(service, behaviour));
    private final HttpEndpoint endpoint = HttpEndpoint.open(db.clock(), this::handle);

    /** All requests that have arrived; guarded by itself. */
    private final List<WireRequest> requests = new ArrayList<>();

    /** Internal errors of the simulator; guarded by itself. */
    private final List<RuntimeException> mistakes = new ArrayList<>();

    private WireDynamoDb() {}

    /** Starts with an account without tables, whose clock stands still as the fake's clock does. */
    public static WireDynamoDb start() {
        return new WireDynamoDb();
    }

    /** Returns the fake behind the wire. */
    public FakeDynamoDb db() {
        return db;
    }

    public WireFaults faults() {
        return faults;
    }

    public WireBehaviour behaviour() {
        return behaviour;
    }

    /** Returns the endpoint, for tables and for streams. */
    public URI endpoint() {
        return endpoint.uri();
    }

    /** Returns the {@code aws.*} options with which the connector reaches it. */
    public Map<String, String> awsOptions() {
        return DynamoDbLocalExtension.awsOptions(endpoint());
    }

    /**
     * Connects the connector's own service over the real SDK. The caller closes the service.
     *
     * @param more options, such as {@code aws.request.timeout}
     */
    public DynamoDbService connect(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(awsOptions());
        options.putAll(more);
        return new AwsDynamoDbServiceFactory().open(ReplicationConfigParser.job(options));
    }

    /** Returns all requests that have arrived so far, oldest first, failed requests included. */
    public List<WireRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    public long count(Predicate<WireRequest> which) {
        synchronized (requests) {
            return requests.stream().filter(which).count();
        }
    }

    /** Forgets the requests that have arrived, for a test that runs for long. */
    public void forgetRequests() {
        synchronized (requests) {
            requests.clear();
        }
    }

    /** Counts the connections of clients that are open now. */
    public int connections() {
        return endpoint.connections();
    }

    private void handle(HttpRequest http, HttpConnection connection) throws IOException {
        Optional<WireOperation> operation = WireOperation.of(http.header("X-Amz-Target"));
        if (operation.isEmpty()) {
            connection.send(ErrorCode.UNKNOWN_OPERATION.reply("This operation is not simulated"));
            return;
        }
        WireRequest request = new WireRequest(operation.get(), JsonObject.parse(http.body()));
        synchronized (requests) {
            requests.add(request);
        }
        Optional<WireFault> fault = faults.meet(request);
        if (fault.isPresent()) {
            fault.get().deliver(() -> reply(request), connection);
        } else {
            connection.send(reply(request));
        }
    }

    private HttpReply reply(WireRequest request) {
        try {
            return protocol.reply(request);
        } catch (RuntimeException mistake) {
            synchronized (mistakes) {
                mistakes.add(mistake);
            }
            return ErrorCode.VALIDATION.reply("The simulator has an internal error: " + mistake);
        }
    }

    /**
     * Ends every connection, sockets and threads included.
     *
     * @throws AssertionError if the simulator itself had an internal error
     */
    @Override
    public void close() {
        endpoint.close();
        db.close();
        service.close();
        synchronized (mistakes) {
            if (!mistakes.isEmpty()) {
                throw new AssertionError(
                        mistakes.size() + " requests hit an internal error of the simulator", mistakes.get(0));
            }
        }
    }
}
