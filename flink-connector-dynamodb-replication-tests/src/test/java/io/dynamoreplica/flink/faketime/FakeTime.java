/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.faketime;

import io.dynamoreplica.flink.testing.DynamoDbLocalExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The library faketime in the server's JVM; ours, with Flink and the connector in it, keeps its
 * time. Tests that need it are reported as skipped where it is not:
 *
 * <pre>{@code
 * @ExtendWith(FakeTime.class)
 * class … {
 *     @RegisterExtension static final DynamoDbLocalExtension DYNAMODB = FakeTime.server();
 * }</pre>
 */
final class FakeTime implements ExecutionCondition {

    /**
     * Seconds of the server's in one of ours. A shard rolls over after 14.4 s, an iterator lives
     * for 0.9 s, a record for 86 s; the margin of five minutes before the anchor is 0.3 s, and the
     * longest write seen on a machine at rest took 0.15 s. A job keeps up: measured on two busy
     * cores, nine generations were read in two minutes under 30 writes a second, without a gap, and
     * of the readers' calls one in a hundred was made again.
     */
    static final int FACTOR = 1000;

    /** Names the library's file. The profile {@code faketime} sets it. */
    private static final String LIBRARY_PROPERTY = "faketime.library";

    /** A server for which time passes as fast as {@link #FACTOR} says. */
    static DynamoDbLocalExtension server() {
        return server(Map.of(
                "FAKETIME",
                "+0,x" + FACTOR,
                // Else time would begin anew in every process that the server starts.
                "FAKETIME_DONT_RESET",
                "1"));
    }

    /**
     * A server whose time is as these variables say.
     *
     * @param time variables of the library faketime
     */
    static DynamoDbLocalExtension server(Map<String, String> time) {
        Map<String, String> environment = new HashMap<>(time);
        environment.put("LD_PRELOAD", library());
        return new DynamoDbLocalExtension(environment);
    }

    /**
     * How the connector reaches that server. The half minute for which the server keeps an idle
     * connection is 30 ms, so every look at the shards leaves connections behind that are closed,
     * and the call after it fails on them. A second apart, looks would meet each repetition of such
     * a call, which comes after 0.5 s, 1.5 s, 3.5 s and so on, in the same way.
     */
    static Map<String, String> options(DynamoDbLocalExtension server) {
        Map<String, String> options = new HashMap<>(server.awsOptions());
        options.put("scan.stream.discovery-interval", "5 s");
        return options;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (library().isEmpty()) {
            return ConditionEvaluationResult.disabled(
                    "Takes six minutes and the library faketime: runs with -Pfaketime alone");
        }
        return Files.isRegularFile(Path.of(library()))
                ? ConditionEvaluationResult.enabled("The library is there")
                : ConditionEvaluationResult.disabled("There is no file "
                        + library()
                        + ": install the package faketime, or name its library libfaketimeMT.so.1 by -D"
                        + LIBRARY_PROPERTY);
    }

    private static String library() {
        return System.getProperty(LIBRARY_PROPERTY, "");
    }
}
