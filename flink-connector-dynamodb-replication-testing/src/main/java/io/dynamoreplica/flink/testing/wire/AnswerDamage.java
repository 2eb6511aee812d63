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
 * One damage to a true answer, the same one for a seed: to its bytes on their way, which leaves
 * DynamoDB's checksum behind; to its JSON, with a checksum made to fit, or without any; or to what
 * HTTP says around it.
 *
 * @param reply what is sent instead of the truth
 * @param cut whether the connection ends behind it, for a body of another length than it says
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

    /** As of a network or proxy: DynamoDB's checksum or HTTP itself shows it. */
    static AnswerDamage onTheWay(long seed, HttpReply truth) {
        Random random = new Random(seed);
        return random.nextBoolean() ? onTheWay(truth, random) : HttpDamage.of(truth, random);
    }

    /** With a checksum that fits or none, and yet nothing that DynamoDB sends. */
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

    /** Something is changed, lost, added, moved or ends early, without regard to JSON. */
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
