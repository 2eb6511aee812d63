/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * A damage to a true answer, always the same one for a seed. It changes one of three things: the
 * bytes on their way, so that DynamoDB's checksum no longer fits; the JSON, with a checksum that
 * fits or without a checksum; or the HTTP status and headers.
 *
 * @param reply the damaged answer, sent instead of the true one
 * @param cut whether the connection ends after the answer, for a body whose length differs from its
 *     header
 */
record AnswerDamage(String name, Expectation expectation, HttpReply reply, boolean cut) {

    private static final int MOST_BYTES = 40;

    static AnswerDamage of(long seed, HttpReply truth) {
        Random random = new Random(seed);
        return switch (random.nextInt(5)) {
            case 0, 1 -> onTheWay(truth, random);
            case 2 -> atTheOrigin(truth, random);
            case 3 -> withoutChecksum(truth, random);
            default -> HttpDamage.of(truth, random);
        };
    }

    /**
     * Damages an answer as a network or a proxy does: DynamoDB's checksum or HTTP itself reveals
     * the damage.
     */
    static AnswerDamage onTheWay(long seed, HttpReply truth) {
        Random random = new Random(seed);
        return random.nextBoolean() ? onTheWay(truth, random) : HttpDamage.of(truth, random);
    }

    /**
     * Damages an answer so that DynamoDB would never send it, although its checksum fits or is
     * missing.
     */
    static AnswerDamage unmistakable(long seed, HttpReply truth) {
        Random random = new Random(seed);
        while (true) {
            AnswerDamage damage = withoutChecksum(truth, random);
            if (damage.expectation() == Expectation.REFUSED) {
                return damage;
            }
        }
    }

    private static AnswerDamage onTheWay(HttpReply truth, Random random) {
        if (random.nextInt(3) == 0) {
            JsonDamage damage = JsonDamage.of(truth.body(), random);
            return whole(
                    "on the way: " + damage.name(),
                    Expectation.REFUSED_OR_THE_TRUTH,
                    truth.withDamagedBody(damage.json()));
        }
        byte[] body = bytes(truth.body(), random);
        return whole("on the way: bytes", Expectation.REFUSED_OR_THE_TRUTH, truth.withDamagedBody(body));
    }

    private static AnswerDamage atTheOrigin(HttpReply truth, Random random) {
        if (random.nextInt(4) == 0) {
            byte[] body = bytes(truth.body(), random);
            return whole("at the origin: bytes", Expectation.WHOLE, truth.withBody(body));
        }
        JsonDamage damage = JsonDamage.of(truth.body(), random);
        return whole("at the origin: " + damage.name(), damage.expectation(), truth.withBody(damage.json()));
    }

    private static AnswerDamage withoutChecksum(HttpReply truth, Random random) {
        JsonDamage damage = JsonDamage.of(truth.body(), random);
        return whole(
                "without checksum: " + damage.name(),
                damage.expectation(),
                truth.withBody(damage.json()).withoutChecksum());
    }

    private static AnswerDamage whole(String name, Expectation expectation, HttpReply reply) {
        return new AnswerDamage(name, expectation, reply, false);
    }

    /**
     * Changes, removes, adds or moves some bytes, or cuts the body short, without regard to JSON.
     */
    private static byte[] bytes(byte[] truth, Random random) {
        int at = random.nextInt(truth.length);
        int to = Math.min(truth.length, at + 1 + random.nextInt(MOST_BYTES));
        byte[] some = Arrays.copyOfRange(truth, at, to);
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] flipped = truth.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(truth, at);
            case 2 -> joined(Arrays.copyOf(truth, at), rest(truth, to));
            case 3 -> joined(Arrays.copyOf(truth, to), some, rest(truth, to));
            case 4 -> {
                random.nextBytes(some);
                yield joined(Arrays.copyOf(truth, at), some, rest(truth, to));
            }
            default -> joined("{}".getBytes(StandardCharsets.UTF_8), rest(truth, 2));
        };
    }

    private static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
