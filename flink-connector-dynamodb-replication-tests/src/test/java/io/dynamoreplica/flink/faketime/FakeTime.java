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
 * A condition for tests that need the library faketime in the server's JVM. The JVM of the test, with Flink and the
 * connector in it, keeps the true time. If the library is missing, these tests are reported as skipped:
 *
 * <pre>{@code
 * @ExtendWith(FakeTime.class)
 * class … {
 *     @RegisterExtension static final DynamoDbLocalExtension DYNAMODB = FakeTime.server();
 * }</pre>
 */
final class FakeTime implements ExecutionCondition {

    /**
     * The number of the server's seconds in one second of the test. A shard rolls over after 14.4 s, an iterator
     * expires after 0.9 s, a record is trimmed after 86 s. The margin of five minutes before the anchor is 0.3 s,
     * and the longest write measured on an idle machine took 0.15 s. A job keeps up: measured on two busy cores,
     * nine generations were read in two minutes with 30 writes a second, without a gap, and one in a hundred of the
     * readers' calls was retried.
     */
    static final int FACTOR = 1000;

    /** The system property with the path of the library. The profile {@code faketime} sets it. */
    private static final String LIBRARY_PROPERTY = "faketime.library";

    /** Returns a server on which time passes {@link #FACTOR} times as fast. */
    static DynamoDbLocalExtension server() {
        return server(Map.of(
                "FAKETIME",
                "+0,x" + FACTOR,
                // Otherwise time would start again in every process that the server starts.
                "FAKETIME_DONT_RESET",
                "1"));
    }

    /**
     * Returns a server whose time follows these variables.
     *
     * @param time variables of the library faketime
     */
    static DynamoDbLocalExtension server(Map<String, String> time) {
        Map<String, String> environment = new HashMap<>(time);
        environment.put("LD_PRELOAD", library());
        return new DynamoDbLocalExtension(environment);
    }

    /**
     * Returns the options with which the connector reaches that server. The server closes idle connections after
     * half a minute, which is 30 ms here. Therefore every discovery leaves closed connections behind, and the next
     * call fails on them. The retries of such a call come after 0.5 s, 1.5 s, 3.5 s and so on. With one second
     * between discoveries, each retry would meet the same situation.
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
