/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;

/** A line of progress. A terminal shows it in one place; elsewhere a new line is printed every few seconds. */
final class ProgressLine {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal = System.console() != null;
    private String shown = "";
    private long lastLine;

    ProgressLine(PrintStream out) {
        this.out = out;
    }

    void show(String format, Object... values) {
        String line = "  " + format.formatted(values);
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
            out.flush();
        } else if (shown.isEmpty() || System.nanoTime() - lastLine >= BETWEEN_LINES.toNanos()) {
            out.println(line);
            lastLine = System.nanoTime();
        }
        shown = line;
    }

    /** Leaves the last state on the screen and begins a new line. */
    void end() {
        if (!shown.isEmpty()) {
            out.println(terminal ? "" : shown);
        }
        shown = "";
    }
}
