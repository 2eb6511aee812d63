/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One way in which an answer goes wrong between DynamoDB and the client. A value: it can be used
 * for any number of answers, and is told from others of its kind by identity.
 *
 * <p>The refusals and the pages of somebody else come instead of an answer: the fake is not asked.
 * All others happen to a true answer that the fake has given.
 */
public final class WireFault {

    private static final Duration BETWEEN_ENDLESS_CHUNKS = Duration.ofMillis(20);
    private static final int PIECES_OF_A_SLOW_BODY = 20;

    private final String name;
    private final Delivery delivery;

    /** What is done instead of sending the true answer, which is made when it is asked for. */
    private interface Delivery {
        void deliver(Supplier<HttpReply> truth, HttpConnection connection) throws IOException;
    }

    private WireFault(String name, Delivery delivery) {
        this.name = name;
        this.delivery = delivery;
    }

    /** An error as DynamoDB sends it. */
    public static WireFault refusal(ErrorCode code) {
        return insteadOfAnAnswer(code.code(), () -> code.reply("because of the test's script"));
    }

    /** An HTML page, as of a proxy on the way. */
    public static WireFault html(int status) {
        return insteadOfAnAnswer("HTML with status " + status, () -> HttpReply.html(status));
    }

    /** The connection ends before the status line. */
    public static WireFault cutBeforeTheAnswer() {
        return new WireFault("cut before the answer", (truth, connection) -> {
            truth.get();
            connection.close();
        });
    }

    /** The connection is reset before the status line. */
    public static WireFault resetBeforeTheAnswer() {
        return new WireFault("reset before the answer", (truth, connection) -> {
            truth.get();
            connection.reset();
        });
    }

    /** Of a body whose whole length was told, half comes, and then the connection ends. */
    public static WireFault cutInTheBody() {
        return new WireFault("cut in the body", (truth, connection) -> {
            sendHalf(truth.get(), connection);
            connection.close();
        });
    }

    /** As {@link #cutInTheBody}, by a reset. */
    public static WireFault resetInTheBody() {
        return new WireFault("reset in the body", (truth, connection) -> {
            sendHalf(truth.get(), connection);
            connection.reset();
        });
    }

    /** Not even a status line comes. */
    public static WireFault silence() {
        return new WireFault("silence", (truth, connection) -> {
            truth.get();
            connection.awaitTheOtherSideIsGone();
        });
    }

    /** Status line and headers come, and then nothing. */
    public static WireFault bodyThatNeverComes() {
        return new WireFault("body that never comes", (truth, connection) -> {
            connection.sendHead(truth.get());
            connection.awaitTheOtherSideIsGone();
        });
    }

    /** Half the body comes, and then nothing. */
    public static WireFault bodyThatStopsHalfway() {
        return new WireFault("body that stops halfway", (truth, connection) -> {
            sendHalf(truth.get(), connection);
            connection.awaitTheOtherSideIsGone();
        });
    }

    /** The whole body comes, and then white space for as long as the client listens. */
    public static WireFault bodyThatNeverEnds() {
        return new WireFault("body that never ends", (truth, connection) -> {
            HttpReply reply = truth.get().withoutLength();
            connection.sendHead(reply);
            connection.sendChunk(reply.body());
            while (true) {
                connection.pause(BETWEEN_ENDLESS_CHUNKS);
                connection.sendChunk(new byte[] {' '});
            }
        });
    }

    /** The body comes in small pieces, spread over this time. */
    public static WireFault slowBody(Duration time) {
        return new WireFault("body that takes " + time, (truth, connection) -> {
            HttpReply reply = truth.get();
            connection.sendHead(reply);
            byte[] body = reply.body();
            for (int piece = 0; piece < PIECES_OF_A_SLOW_BODY; piece++) {
                connection.pause(time.dividedBy(PIECES_OF_A_SLOW_BODY));
                connection.send(
                        body,
                        body.length * piece / PIECES_OF_A_SLOW_BODY,
                        body.length * (piece + 1) / PIECES_OF_A_SLOW_BODY);
            }
        });
    }

    /** The body is right, its checksum is not. */
    public static WireFault wrongChecksum() {
        return changed("wrong checksum", HttpReply::withWrongChecksum);
    }

    /** A body that is no JSON, with the length and checksum that it has. */
    public static WireFault malformedJson() {
        return changed(
                "malformed JSON",
                truth -> truth.withBody(new String(truth.body(), StandardCharsets.UTF_8)
                        .replaceFirst(":", ";")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** The first half of the body alone, with the length and checksum that it has. */
    public static WireFault truncatedJson() {
        return changed("truncated JSON", truth -> truth.withBody(Arrays.copyOf(truth.body(), truth.body().length / 2)));
    }

    /** Status 200 and no body at all, with the length and checksum of none. */
    public static WireFault emptyBody() {
        return changed("empty body", truth -> truth.withBody(new byte[0]));
    }

    /** Status 200 and a JSON object without any member. */
    public static WireFault emptyObject() {
        return changed("empty object", truth -> truth.withBody("{}".getBytes(StandardCharsets.UTF_8)));
    }

    void deliver(Supplier<HttpReply> truth, HttpConnection connection) throws IOException {
        delivery.deliver(truth, connection);
    }

    private static WireFault insteadOfAnAnswer(String name, Supplier<HttpReply> reply) {
        return new WireFault(name, (truth, connection) -> connection.send(reply.get()));
    }

    private static WireFault changed(String name, UnaryOperator<HttpReply> change) {
        return new WireFault(name, (truth, connection) -> connection.send(change.apply(truth.get())));
    }

    /** A damage that depends on the answer. */
    static WireFault damage(String name, Function<HttpReply, AnswerDamage> damage) {
        return new WireFault(name, (truth, connection) -> {
            AnswerDamage damaged = damage.apply(truth.get());
            connection.send(damaged.reply());
            if (damaged.cut()) {
                connection.close();
            }
        });
    }

    private static void sendHalf(HttpReply reply, HttpConnection connection) throws IOException {
        connection.sendHead(reply);
        connection.send(reply.body(), 0, reply.body().length / 2);
    }

    @Override
    public String toString() {
        return name;
    }
}
