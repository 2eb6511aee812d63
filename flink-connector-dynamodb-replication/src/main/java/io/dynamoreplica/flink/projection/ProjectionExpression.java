/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.projection;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A projection in the words of DynamoDB's API.
 *
 * @param text {@code ProjectionExpression}; all of its names are placeholders
 * @param attributeNames {@code ExpressionAttributeNames}: what each placeholder stands for
 */
public record ProjectionExpression(String text, Map<String, String> attributeNames)
        implements Serializable {

    /** DynamoDB's own limit to an expression, in bytes; ours are ASCII. */
    static final int LONGEST = 4096;

    private static final int PLACEHOLDER_RADIX = 36;

    /**
     * @param paths at least one
     */
    static ProjectionExpression of(List<DocumentPath> paths) {
        Map<String, String> placeholders = new LinkedHashMap<>();
        paths.stream()
                .flatMap(path -> path.steps().stream())
                .filter(DocumentPath.Name.class::isInstance)
                .map(step -> ((DocumentPath.Name) step).name())
                .forEach(name -> placeholders.putIfAbsent(name, placeholder(placeholders.size())));
        Map<String, String> names = new LinkedHashMap<>();
        placeholders.forEach((name, placeholder) -> names.put(placeholder, name));
        String text =
                paths.stream()
                        .map(path -> path.written(placeholders))
                        .collect(Collectors.joining(","));
        return new ProjectionExpression(text, names);
    }

    private static String placeholder(int number) {
        return "#" + Integer.toString(number, PLACEHOLDER_RADIX);
    }
}
