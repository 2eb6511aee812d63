/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A projection as a request of DynamoDB's API needs it.
 *
 * @param text {@code ProjectionExpression}: exactly the text that is sent
 * @param attributeNames {@code ExpressionAttributeNames}: the attribute name for each placeholder.
 *     If it is empty, it must not be sent, because DynamoDB refuses an empty map
 */
public record ProjectionExpression(String text, Map<String, String> attributeNames) implements Serializable {

    /** The longest expression in bytes: DynamoDB's own limit. Our texts are ASCII. */
    static final int LONGEST = 4096;

    /**
     * @param paths at least one path
     */
    static ProjectionExpression of(List<DocumentPath> paths) {
        WrittenNames names = WrittenNames.of(paths);
        String text = paths.stream().map(path -> path.written(names.byName())).collect(Collectors.joining(","));
        return new ProjectionExpression(text, names.placeholders());
    }

    /** Returns the number of characters that DynamoDB counts. */
    int length() {
        return text.length();
    }
}
