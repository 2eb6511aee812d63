/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A connection of a client, kept open from request to request. Owned by its own thread; {@link
 * #close} may be called by another thread.
 */
final class HttpConnection implements Runnable, AutoCloseable {

    /** A handler that answers a request, or damages the connection. */
    interface Handler {
        void handle(HttpRequest request, HttpConnection connection) throws IOException;
    }

    private final Socket socket;
    private final InstantSource clock;
    private final Handler handler;
    private final CountDownLatch closed = new CountDownLatch(1);

    HttpConnection(Socket socket, InstantSource clock, Handler handler) {
        this.socket = socket;
        this.clock = clock;
        this.handler = handler;
    }

    @Override
    public void run() {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<HttpRequest> request = HttpRequest.read(in);
            while (request.isPresent()) {
                handler.handle(request.get(), this);
                request = socket.isClosed() ? Optional.empty() : HttpRequest.read(in);
            }
        } catch (IOException theOtherSideIsGone) {
            // Ignored: either the client gave up, which it reports itself, or close() was called.
        }
    }

    void send(HttpReply reply) throws IOException {
        byte[] head = reply.head(clock.instant());
        byte[] all = new byte[head.length + reply.body().length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(reply.body(), 0, all, head.length, reply.body().length);
        send(all, 0, all.length);
    }

    void sendHead(HttpReply reply) throws IOException {
        byte[] head = reply.head(clock.instant());
        send(head, 0, head.length);
    }

    void send(byte[] bytes, int from, int to) throws IOException {
        socket.getOutputStream().write(bytes, from, to - from);
    }

    /** Sends a chunk of a body whose length was not announced. */
    void sendChunk(byte[] bytes) throws IOException {
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        send(size, 0, size.length);
        send(bytes, 0, bytes.length);
        send(new byte[] {'\r', '\n'}, 0, 2);
    }

    /**
     * Waits.
     *
     * @throws IOException if the connection is closed during the wait
     */
    void pause(Duration time) throws IOException {
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SocketException("The simulator was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("The simulator was interrupted");
        }
    }

    /** Sends nothing more until the client gives up or the simulator is closed. */
    void awaitTheOtherSideIsGone() throws IOException {
        // A client that waits for an answer sends nothing, so the next event must be the end of the
        // connection.
        if (socket.getInputStream().read() >= 0) {
            throw new IOException("The client went on without an answer");
        }
    }

    /** Ends the connection by a reset: the client sees an error, not an end of the stream. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    /** Ends the connection in the normal way. */
    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
