/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.testing.wire.JsonTree.Member;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A place in an answer that can be damaged: a member of an object, or an element of an array.
 *
 * @param name of the member, or of the member that contains the array
 */
record JsonPlace(String name, Role role, JsonTree value, Edit edit) {

    /** The role of a place in DynamoDB's protocol. */
    enum Role {
        /** A member without which an answer is not valid. */
        REQUIRED,
        /** A member that may be missing, or whose absence has a meaning. */
        OPTIONAL,
        /** An item of a page; the page also contains the number of its items. */
        COUNTED,
        /** A record, a shard, or the name of a table. */
        LISTED,
        /** A value with its type: an attribute, or an element of an L. */
        TYPED,
        /** The type of a value with the content of this type. */
        TYPE,
        /** An element of an SS, NS or BS. */
        SET_ELEMENT
    }

    /** An edit of the tree that the place belongs to. */
    interface Edit {
        void put(JsonTree value);

        void remove();

        void repeat();

        /**
         * Renames a member. An element has no name, and is only replaced by a list that contains
         * it.
         */
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
