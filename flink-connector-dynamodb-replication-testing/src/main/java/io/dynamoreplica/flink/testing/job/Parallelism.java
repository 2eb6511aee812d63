/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.job;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.flink.api.common.JobID;

/**
 * The parallelism of a running job, changed as a user changes it: through Flink's REST interface.
 */
final class Parallelism {

    private static final String UPPER_BOUND = "\"upperBound\":\\d+";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI requirements;

    Parallelism(URI rest, JobID job) {
        requirements = rest.resolve("/jobs/" + job + "/resource-requirements");
    }

    /** Requests this number of subtasks for every task of the job. */
    void set(int subtasks) throws Exception {
        String now = send(HttpRequest.newBuilder(requirements).GET());
        String wanted = now.replaceAll(UPPER_BOUND, "\"upperBound\":" + subtasks);
        if (wanted.equals(now)) {
            throw new AssertionError("Nothing to change in " + now);
        }
        send(HttpRequest.newBuilder(requirements)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(wanted)));
    }

    private String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("Flink answers " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }
}
