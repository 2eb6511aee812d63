/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.wire;

import io.dynamoreplica.flink.testing.wire.JsonPlace.Role;
import io.dynamoreplica.flink.testing.wire.JsonTree.JsonElements;
import io.dynamoreplica.flink.testing.wire.JsonTree.JsonMembers;
import io.dynamoreplica.flink.testing.wire.JsonTree.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All places of an answer, with their roles in DynamoDB's protocol. */
final class JsonPlaces {

    private static final Set<String> REQUIRED = Set.of(
            "TableNames",
            "Table",
            "TableStatus",
            "KeySchema",
            "AttributeName",
            "KeyType",
            "AttributeDefinitions",
            "AttributeType",
            "Items",
            "StreamDescription",
            "StreamStatus",
            "Shards",
            "ShardId",
            "ShardIterator",
            "Records",
            "dynamodb",
            "eventName",
            "SequenceNumber",
            "Keys",
            "ApproximateCreationDateTime");

    private static final Set<String> IMAGES = Set.of("LastEvaluatedKey", "Keys", "NewImage", "OldImage");

    private final List<JsonPlace> found = new ArrayList<>();

    private JsonPlaces() {}

    static List<JsonPlace> of(JsonTree answer) {
        JsonPlaces places = new JsonPlaces();
        places.protocol(answer);
        return places.found;
    }

    private void protocol(JsonTree tree) {
        if (!(tree instanceof JsonMembers object)) {
            return;
        }
        for (int i = 0; i < object.members().size(); i++) {
            Member member = object.members().get(i);
            boolean required = REQUIRED.contains(member.name());
            found.add(JsonPlace.member(object.members(), i, required ? Role.REQUIRED : Role.OPTIONAL));
            if (IMAGES.contains(member.name())) {
                image(member.value());
            } else if (member.value() instanceof JsonElements array) {
                listed(member.name(), array.elements());
            } else {
                protocol(member.value());
            }
        }
    }

    private void listed(String name, List<JsonTree> elements) {
        boolean items = name.equals("Items");
        for (int i = 0; i < elements.size(); i++) {
            found.add(JsonPlace.element(name, elements, i, items ? Role.COUNTED : Role.LISTED));
            if (items) {
                image(elements.get(i));
            } else {
                protocol(elements.get(i));
            }
        }
    }

    private void image(JsonTree image) {
        List<Member> attributes = ((JsonMembers) image).members();
        for (int i = 0; i < attributes.size(); i++) {
            found.add(JsonPlace.member(attributes, i, Role.TYPED));
            value(attributes.get(i).value());
        }
    }

    private void value(JsonTree value) {
        List<Member> types = ((JsonMembers) value).members();
        found.add(JsonPlace.member(types, 0, Role.TYPE));
        Member type = types.get(0);
        if (type.name().equals("M")) {
            image(type.value());
        } else if (type.value() instanceof JsonElements array) {
            boolean list = type.name().equals("L");
            for (int i = 0; i < array.elements().size(); i++) {
                Role role = list ? Role.TYPED : Role.SET_ELEMENT;
                found.add(JsonPlace.element(type.name(), array.elements(), i, role));
                if (list) {
                    value(array.elements().get(i));
                }
            }
        }
    }
}
