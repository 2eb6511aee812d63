/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.testing.wire.JsonPlace.Role;
import io.dynamoreplica.flink.testing.wire.JsonTree.JsonElements;
import io.dynamoreplica.flink.testing.wire.JsonTree.JsonMembers;
import io.dynamoreplica.flink.testing.wire.JsonTree.Member;
import io.dynamoreplica.flink.testing.wire.JsonTree.Written;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A damage to the JSON of an answer after which it still is JSON, and the result that is expected
 * even if length and checksum fit.
 *
 * @param json the damaged answer
 */
record JsonDamage(String name, Expectation expectation, byte[] json) {

    /** A nesting deeper than any JSON parser accepts. */
    private static final int DEEP = 20_000;

    private static final Set<Role> MEMBERS = EnumSet.of(Role.REQUIRED, Role.OPTIONAL, Role.TYPE);

    /**
     * Values of several types, such as a list with a wrong element. No type of a place fits all of
     * them.
     */
    private static final List<String> WRONG_VALUES =
            List.of("null", "{}", "[]", "[null]", "{\"X\":1}", "[[{\"S\":{}}]]");

    private static final List<String> STRANGE_SCALARS = List.of(
            "\"\"", "\"?\"", "\"\\u0000\"", "true", "-1", "0.5", "1e400", "9".repeat(400), "9223372036854775808");

    /** Damages one place of the answer, which the random numbers choose. */
    static JsonDamage of(byte[] truth, Random random) {
        JsonTree tree = JsonTree.parse(truth);
        List<JsonPlace> places = JsonPlaces.of(tree);
        JsonPlace place = places.get(random.nextInt(places.size()));
        Change change = change(place, random);
        change.edit().run();
        return new JsonDamage(
                change.name() + " at " + place.role() + " " + place.name(), change.expectation(), tree.bytes());
    }

    private record Change(String name, Expectation expectation, Runnable edit) {}

    private static Change change(JsonPlace place, Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Change("removed", ifRemoved(place), place.edit()::remove);
            case 1 -> new Change("repeated", ifRepeated(place), place.edit()::repeat);
            case 2 -> renamed(place);
            case 3 -> put(place, "nested deeply", Expectation.REFUSED, deep(random));
            case 4 -> {
                String scalar = one(STRANGE_SCALARS, random);
                yield put(place, "replaced by " + scalar, ifScalar(place, scalar), scalar);
            }
            case 5 -> withUnknownMember(place);
            default -> {
                String wrong = one(WRONG_VALUES, random);
                yield put(place, "replaced by " + wrong, ifWrong(place, wrong), wrong);
            }
        };
    }

    private static Change put(JsonPlace place, String name, Expectation expectation, String written) {
        return new Change(name, expectation, () -> place.edit().put(new Written(written)));
    }

    private static Expectation ifRemoved(JsonPlace place) {
        return switch (place.role()) {
            case REQUIRED, COUNTED, TYPE -> Expectation.REFUSED;
            case OPTIONAL, LISTED, TYPED, SET_ELEMENT -> Expectation.WHOLE;
        };
    }

    /**
     * Returns the expectation for a repeated member. JSON does not define the meaning of two
     * members with the same name. If the two are equal, any parser takes one of them.
     */
    private static Expectation ifRepeated(JsonPlace place) {
        return switch (place.role()) {
            case COUNTED -> Expectation.REFUSED;
            case LISTED, SET_ELEMENT -> Expectation.WHOLE;
            case REQUIRED, OPTIONAL, TYPE -> Expectation.REFUSED_OR_THE_TRUTH;
            case TYPED -> Expectation.WHOLE;
        };
    }

    private static Change renamed(JsonPlace place) {
        if (!MEMBERS.contains(place.role())) {
            return new Change("removed", ifRemoved(place), place.edit()::remove);
        }
        return new Change("renamed", ifRemoved(place), () -> place.edit().rename(place.name() + "_"));
    }

    private static Expectation ifWrong(JsonPlace place, String wrong) {
        return switch (place.role()) {
            case OPTIONAL -> Expectation.WHOLE;
            case COUNTED, TYPED -> Expectation.REFUSED;
            case REQUIRED, LISTED, SET_ELEMENT, TYPE ->
                isReadAsText(place, wrong) || isNothing(place, wrong) ? Expectation.WHOLE : Expectation.REFUSED;
        };
    }

    /**
     * Tells whether the SDK reads the wrong value as text: if a text is expected, it reads an
     * object or a list as the text of its JSON.
     */
    private static boolean isReadAsText(JsonPlace place, String wrong) {
        return place.value() instanceof Written due && due.isText() && !wrong.equals("null");
    }

    /**
     * Tells whether the value is an empty list or map that DynamoDB could have sent. Items are
     * excluded, because Count gives their number.
     */
    private static boolean isNothing(JsonPlace place, String wrong) {
        boolean list = place.role() == Role.TYPE
                || Set.of("Shards", "Records", "TableNames").contains(place.name());
        return list && place.value() instanceof JsonElements && wrong.equals("[]")
                || place.name().equals("M") && wrong.equals("{}");
    }

    /**
     * Returns the expectation for a number or boolean in place of another value. If a text is
     * expected, the SDK reads it as its text.
     */
    private static Expectation ifScalar(JsonPlace place, String scalar) {
        boolean scalarIsDue = place.value() instanceof Written;
        return switch (place.role()) {
            case OPTIONAL -> Expectation.WHOLE;
            case REQUIRED, LISTED, SET_ELEMENT, TYPE -> scalarIsDue ? Expectation.WHOLE : Expectation.REFUSED;
            case COUNTED, TYPED -> Expectation.REFUSED;
        };
    }

    private static Change withUnknownMember(JsonPlace place) {
        boolean protocol = place.role() == Role.LISTED || place.role() == Role.REQUIRED;
        if (protocol && !place.name().equals("Keys") && place.value() instanceof JsonMembers at) {
            return new Change("unknown member", Expectation.THE_TRUTH, () -> at.members()
                    .add(0, new Member("Unheard", new Written("[{\"of\":1}]"))));
        }
        return new Change("unchanged", Expectation.THE_TRUTH, () -> place.edit().put(place.value()));
    }

    private static String deep(Random random) {
        return random.nextBoolean() ? "[".repeat(DEEP) + "]".repeat(DEEP) : "{\"L\":[".repeat(DEEP) + "]}".repeat(DEEP);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
