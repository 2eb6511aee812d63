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
 * A fault that happens to an answer between DynamoDB and the client. It can be used for any number
 * of answers. Faults of the same kind are told apart by identity.
 *
 * <p>Refusals and HTML pages replace an answer: the fake is not called. All other faults happen to
 * a true answer that the fake has given.
 */
public final class WireFault {

    private static final Duration BETWEEN_ENDLESS_CHUNKS = Duration.ofMillis(20);
    private static final int PIECES_OF_A_SLOW_BODY = 20;

    private final String name;
    private final Delivery delivery;

    /**
     * A delivery that replaces the sending of the true answer. The true answer is made only when
     * the delivery requests it.
     */
    private interface Delivery {
        void deliver(Supplier<HttpReply> truth, HttpConnection connection) throws IOException;
    }

    private WireFault(String name, Delivery delivery) {
        this.name = name;
        this.delivery = delivery;
    }

    /** Sends an error in DynamoDB's form. */
    public static WireFault refusal(ErrorCode code) {
        return insteadOfAnAnswer(code.code(), () -> code.reply("because of the test's script"));
    }

    /** Sends an HTML page, as a proxy does. */
    public static WireFault html(int status) {
        return insteadOfAnAnswer("HTML with status " + status, () -> HttpReply.html(status));
    }

    /** Ends the connection before the status line. */
    public static WireFault cutBeforeTheAnswer() {
        return new WireFault("cut before the answer", (truth, connection) -> {
            truth.get();
            connection.close();
        });
    }

    /** Resets the connection before the status line. */
    public static WireFault resetBeforeTheAnswer() {
        return new WireFault("reset before the answer", (truth, connection) -> {
            truth.get();
            connection.reset();
        });
    }

    /** Announces the full length of the body, sends half of it, and ends the connection. */
    public static WireFault cutInTheBody() {
        return new WireFault("cut in the body", (truth, connection) -> {
            sendHalf(truth.get(), connection);
            connection.close();
        });
    }

    /** Does the same as {@link #cutInTheBody}, but by a reset. */
    public static WireFault resetInTheBody() {
        return new WireFault("reset in the body", (truth, connection) -> {
            sendHalf(truth.get(), connection);
            connection.reset();
        });
    }

    /** Sends nothing, not even a status line. */
    public static WireFault silence() {
        return new WireFault("silence", (truth, connection) -> {
            truth.get();
            connection.awaitTheOtherSideIsGone();
        });
    }

    /** Sends the status line and the headers, and then nothing. */
    public static WireFault bodyThatNeverComes() {
        return new WireFault("body that never comes", (truth, connection) -> {
            connection.sendHead(truth.get());
            connection.awaitTheOtherSideIsGone();
        });
    }

    /** Sends half the body, and then nothing. */
    public static WireFault bodyThatStopsHalfway() {
        return new WireFault("body that stops halfway", (truth, connection) -> {
            sendHalf(truth.get(), connection);
            connection.awaitTheOtherSideIsGone();
        });
    }

    /** Sends the whole body, and then white space for as long as the client listens. */
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

    /** Sends the body in small pieces, spread over this time. */
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

    /** Sends the correct body with a wrong checksum. */
    public static WireFault wrongChecksum() {
        return changed("wrong checksum", HttpReply::withWrongChecksum);
    }

    /** Sends a body that is not JSON, with the correct length and checksum of that body. */
    public static WireFault malformedJson() {
        return changed(
                "malformed JSON",
                truth -> truth.withBody(new String(truth.body(), StandardCharsets.UTF_8)
                        .replaceFirst(":", ";")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends only the first half of the body, with the correct length and checksum of that half. */
    public static WireFault truncatedJson() {
        return changed("truncated JSON", truth -> truth.withBody(Arrays.copyOf(truth.body(), truth.body().length / 2)));
    }

    /** Sends status 200 and no body, with the length and checksum of an empty body. */
    public static WireFault emptyBody() {
        return changed("empty body", truth -> truth.withBody(new byte[0]));
    }

    /** Sends status 200 and a JSON object without members. */
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

    /** Sends an answer with a damage that depends on the answer. */
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
