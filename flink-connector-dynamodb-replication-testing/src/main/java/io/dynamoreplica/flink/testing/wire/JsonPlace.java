/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.testing.wire.JsonTree.Member;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Where in an answer something can be damaged: a member of an object, or an element of an array.
 *
 * @param name of the member, or of that to which the array belongs
 */
record JsonPlace(String name, Role role, JsonTree value, Edit edit) {

    /** What DynamoDB's protocol has here. */
    enum Role {
        /** Without it an answer is no answer. */
        REQUIRED,
        /** May be missing, or means something by being missing. */
        OPTIONAL,
        /** An item of a page, which also tells how many it has. */
        COUNTED,
        /** A record, a shard, a name of a table. */
        LISTED,
        /** A value with its type: an attribute, or an element of an L. */
        TYPED,
        /** The type of a value, and what is of that type. */
        TYPE,
        /** An element of an SS, NS or BS. */
        SET_ELEMENT
    }

    /** Changes the tree that the place belongs to. */
    interface Edit {
        void put(JsonTree value);

        void remove();

        void repeat();

        /** Of a member; an element has no name, and is only replaced by a list of itself. */
        void rename(String name);
    }

    static JsonPlace member(List<Member> owner, int index, Role role) {
        Member member = owner.get(index);
        BiFunction<String, JsonTree, Member> set = (name, value) -> owner.set(index, new Member(name, value));
        return new JsonPlace(member.name(), role, member.value(), new Edit() {
            @Override
            public void put(JsonTree value) {
                set.apply(member.name(), value);
            }

            @Override
            public void remove() {
                owner.remove(index);
            }

            @Override
            public void repeat() {
                owner.add(index, member);
            }

            @Override
            public void rename(String name) {
                set.apply(name, member.value());
            }
        });
    }

    static JsonPlace element(String name, List<JsonTree> owner, int index, Role role) {
        JsonTree element = owner.get(index);
        return new JsonPlace(name, role, element, new Edit() {
            @Override
            public void put(JsonTree value) {
                owner.set(index, value);
            }

            @Override
            public void remove() {
                owner.remove(index);
            }

            @Override
            public void repeat() {
                owner.add(index, element);
            }

            @Override
            public void rename(String other) {
                throw new UnsupportedOperationException("An element has no name");
            }
        });
    }
}
