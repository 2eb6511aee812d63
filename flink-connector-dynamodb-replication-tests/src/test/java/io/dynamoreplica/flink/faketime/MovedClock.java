/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * A server's clock that runs at normal speed, and that a test moves forward. It is a file: at each look at the time,
 * the library faketime reads from it how far the clock is ahead.
 *
 * <p>The server's timeouts move as well, so it closes idle connections at that moment. The library can exclude
 * timeouts, but then each call takes seconds.
 */
final class MovedClock {

    private final Path file;
    private Duration ahead = Duration.ZERO;

    private MovedClock(Path file) {
        this.file = file;
    }

    /** Creates a clock that shows the true time. */
    static MovedClock create() {
        try {
            Path file = Files.createTempFile("server-clock", "");
            file.toFile().deleteOnExit();
            MovedClock clock = new MovedClock(file);
            clock.advance(Duration.ZERO);
            return clock;
        } catch (IOException e) {
            throw new UncheckedIOException("No file for a server's clock", e);
        }
    }

    /** Moves the clock forward, with immediate effect. */
    void advance(Duration by) throws IOException {
        ahead = ahead.plus(by);
        // The change is atomic, because the server can read the file at any moment.
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "+" + ahead.toSeconds() + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the variables for the server's process, besides the library. */
    Map<String, String> environment() {
        return Map.of("FAKETIME_TIMESTAMP_FILE", file.toString(), "FAKETIME_NO_CACHE", "1");
    }
}
