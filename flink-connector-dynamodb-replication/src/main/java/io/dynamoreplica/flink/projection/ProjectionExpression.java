/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;

/**
 * A projection in the words of DynamoDB's API.
 *
 * @param text {@code ProjectionExpression}: the very text that is sent
 * @param attributeNames {@code ExpressionAttributeNames}: what each placeholder stands for; empty
 *     if the text has none, and then not to be sent: DynamoDB refuses an empty map
 */
@Internal
public record ProjectionExpression(String text, Map<String, String> attributeNames) implements Serializable {

    /** DynamoDB's own limit to an expression, in bytes; ours are ASCII. 4,097 are refused. */
    static final int LONGEST = 4096;

    /**
     * @param paths at least one
     */
    static ProjectionExpression of(List<DocumentPath> paths) {
        WrittenNames names = WrittenNames.of(paths);
        String text = paths.stream().map(path -> path.written(names.byName())).collect(Collectors.joining(","));
        return new ProjectionExpression(text, names.placeholders());
    }

    /** The number of characters that DynamoDB counts. */
    int length() {
        return text.length();
    }
}
