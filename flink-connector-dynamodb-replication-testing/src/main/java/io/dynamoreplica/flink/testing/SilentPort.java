/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A port of this machine at which connections are refused, because no process listens. It stays
 * reserved while this object is open. If a port was only looked up and released, another process
 * could take it before the call.
 */
public final class SilentPort implements AutoCloseable {

    private final Socket bound;

    private SilentPort(Socket bound) {
        this.bound = bound;
    }

    public static SilentPort taken() {
        try {
            Socket bound = new Socket();
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new SilentPort(bound);
        } catch (IOException e) {
            throw new UncheckedIOException("No port could be reserved", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + bound.getLocalPort());
    }

    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The port could not be released", e);
        }
    }
}
