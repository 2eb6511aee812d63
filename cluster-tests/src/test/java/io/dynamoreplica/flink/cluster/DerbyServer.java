/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.apache.derby.drda.NetworkServerControl;

/**
 * A Derby server in the JVM of the test, for all processes of a cluster. Its databases are in
 * memory.
 */
final class DerbyServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final NetworkServerControl control;
    private final int port;

    private DerbyServer(NetworkServerControl control, int port) {
        this.control = control;
        this.port = port;
    }

    static DerbyServer start(RunProgress progress) throws Exception {
        int port = FlinkConfiguration.freePort();
        DerbyServer server = new DerbyServer(new NetworkServerControl(InetAddress.getByName("127.0.0.1"), port), port);
        server.control.start(new PrintWriter(System.out, true));
        progress.await("Derby answers", START_LIMIT, () -> "port " + port, server::answers);
        return server;
    }

    /** Returns the JDBC URL of a database, which the first connection creates. */
    String url(String database) {
        return "jdbc:derby://127.0.0.1:%d/memory:%s;create=true".formatted(port, database);
    }

    @Override
    public void close() throws Exception {
        control.shutdown();
    }

    private boolean answers() {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connected.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
