/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that speaks DynamoDB's JSON protocol from a script. Each request takes the next answer;
 * the last answer is repeated. If an operation has an answer of its own, it always gets that one.
 */
public final class HttpStub implements AutoCloseable {

    private static final String JSON = "application/x-amz-json-1.0";
    private static final Pattern SIGNER = Pattern.compile("Credential=([^/]+)/");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Answer> script = new ConcurrentLinkedDeque<>();
    private final Map<String, Answer> standing = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A request that arrived.
     *
     * @param target the operation, such as {@code DynamoDB_20120810.Scan}; null for calls to STS
     * @param body JSON; a form for calls to STS
     * @param headers by name, in any case
     */
    public record Request(String target, String body, Headers headers) {

        /**
         * Returns the access key that signed the request; empty for a request without a signature.
         */
        public Optional<String> signer() {
            return Optional.ofNullable(headers.getFirst("Authorization"))
                    .map(SIGNER::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1));
        }

        /** Returns the session token that belongs to the access key. */
        public Optional<String> sessionToken() {
            return Optional.ofNullable(headers.getFirst("X-Amz-Security-Token"));
        }
    }

    /** An answer that the stub sends. */
    private interface Answer {
        void send(HttpExchange exchange) throws IOException;
    }

    private HttpStub(HttpServer server) {
        this.server = server;
    }

    public static HttpStub start() {
        try {
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpStub stub = new HttpStub(HttpServer.create(anyPort, 0));
            stub.server.setExecutor(stub.threads);
            stub.server.createContext("/", stub::handle);
            stub.server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException("The stub could not listen", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Returns all requests that have arrived so far, oldest first. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public HttpStub thenAnswer(String json) {
        return then(exchange -> send(exchange, 200, json));
    }

    /**
     * Gives an operation an answer of its own.
     *
     * @param operation such as {@code Scan}
     */
    public HttpStub alwaysAnswer(String operation, String json) {
        standing.put(operation, exchange -> send(exchange, 200, json));
        return this;
    }

    /** Does the same as {@link #alwaysAnswer}, with a refusal in DynamoDB's form. */
    public HttpStub alwaysRefuse(String operation, int status, String code) {
        standing.put(operation, exchange -> send(exchange, status, refusal(code)));
        return this;
    }

    /** Does the same as {@link #thenAnswer}, with a wrong checksum. */
    public HttpStub thenAnswerDamaged(String json) {
        return then(exchange -> {
            exchange.getResponseHeaders().set("x-amz-crc32", "1");
            send(exchange, 200, json);
        });
    }

    /** Answers with an error that is not in DynamoDB's form. */
    public HttpStub thenFail(int status) {
        return then(exchange -> send(exchange, status, "<html>Sorry</html>"));
    }

    /** Answers with a refusal in DynamoDB's form. */
    public HttpStub thenRefuse(int status, String code) {
        return then(exchange -> send(exchange, status, refusal(code)));
    }

    private static String refusal(String code) {
        return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"because of %s\"}"
                .formatted(code, code);
    }

    /** Reads the request and closes the connection without an answer. */
    public HttpStub thenCutConnection() {
        return then(HttpExchange::close);
    }

    /** Reads the request and sends nothing. */
    public HttpStub thenKeepSilent() {
        return then(exchange -> awaitClosed());
    }

    private HttpStub then(Answer answer) {
        script.add(answer);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        requests.add(new Request(target, body, exchange.getRequestHeaders()));
        // Calls to STS name no target.
        Answer answer = target == null ? null : standing.get(target.substring(target.indexOf('.') + 1));
        if (answer == null) {
            answer = script.size() > 1 ? script.poll() : script.peek();
        }
        if (answer == null) {
            throw new IllegalStateException("The script has no answer to " + body);
        }
        answer.send(exchange);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", JSON);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
