/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A listener at a port of this machine, with a thread for each connection. The JDK's own HTTP
 * server cannot be used: it enforces the announced lengths and decides itself when to close
 * connections.
 */
final class HttpEndpoint implements AutoCloseable {

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(30);

    private final ServerSocket listening;
    private final InstantSource clock;
    private final HttpConnection.Handler handler;
    private final Thread acceptor;

    /** The open connections with their threads; guarded by {@code this}. */
    private final Map<HttpConnection, Thread> connections = new LinkedHashMap<>();

    private HttpEndpoint(ServerSocket listening, InstantSource clock, HttpConnection.Handler handler) {
        this.listening = listening;
        this.clock = clock;
        this.handler = handler;
        this.acceptor = new Thread(this::accept, threadName("acceptor"));
    }

    /**
     * Opens an endpoint at a free port.
     *
     * @param clock for the dates of answers
     */
    static HttpEndpoint open(InstantSource clock, HttpConnection.Handler handler) {
        try {
            ServerSocket anyPort = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
            HttpEndpoint endpoint = new HttpEndpoint(anyPort, clock, handler);
            endpoint.acceptor.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator could not listen", e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Counts the connections that are open now. */
    synchronized int connections() {
        return connections.size();
    }

    private String threadName(String role) {
        return "wire-" + listening.getLocalPort() + "-" + role;
    }

    private void accept() {
        try {
            while (true) {
                serve(listening.accept());
            }
        } catch (IOException closed) {
            // Ignored: closing the socket is the only way to end an accept.
        }
    }

    private synchronized void serve(Socket socket) throws IOException {
        if (listening.isClosed()) {
            socket.close();
            return;
        }
        socket.setTcpNoDelay(true);
        HttpConnection connection = new HttpConnection(socket, clock, handler);
        Thread thread = new Thread(
                () -> {
                    connection.run();
                    forget(connection);
                },
                threadName("connection-" + socket.getPort()));
        connections.put(connection, thread);
        thread.start();
    }

    private synchronized void forget(HttpConnection connection) {
        connections.remove(connection);
    }

    /** Closes the endpoint and returns once all sockets and threads are gone. */
    @Override
    public void close() {
        List<Thread> threads = new ArrayList<>(List.of(acceptor));
        try {
            synchronized (this) {
                listening.close();
                for (Map.Entry<HttpConnection, Thread> open : connections.entrySet()) {
                    open.getKey().close();
                    // A call can also wait in the fake until a stall ends.
                    open.getValue().interrupt();
                    threads.add(open.getValue());
                }
            }
            for (Thread thread : threads) {
                thread.join(LONGEST_GOODBYE.toMillis());
                if (thread.isAlive()) {
                    throw new IllegalStateException(thread.getName() + " does not end");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the simulator was closed", e);
        }
    }
}
