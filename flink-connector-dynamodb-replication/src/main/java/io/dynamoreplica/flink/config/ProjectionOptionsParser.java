/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import static io.dynamoreplica.flink.config.ReplicationOptions.EXPRESSION_ATTRIBUTE_NAMES;
import static io.dynamoreplica.flink.config.ReplicationOptions.PROJECTION_EXPRESSION;

import io.dynamoreplica.flink.projection.Excerpt;
import io.dynamoreplica.flink.projection.InvalidProjectionException;
import io.dynamoreplica.flink.projection.Projection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.IllegalConfigurationException;

/** The parser of the options for the parts of an item to replicate. */
final class ProjectionOptionsParser {

    private ProjectionOptionsParser() {}

    /**
     * @param attributes the attributes to replicate, in place of an expression; empty if not set
     * @throws IllegalConfigurationException if the options are wrong or contradict each other; the
     *     message names the option and what to do
     */
    static Projection parse(OptionReader reader, List<String> attributes) {
        Optional<String> expression = reader.config().getOptional(PROJECTION_EXPRESSION);
        Map<String, String> names = ExpressionAttributeNames.parse(
                reader.config().getOptional(EXPRESSION_ATTRIBUTE_NAMES).orElse("{}"));
        if (expression.isPresent() && !attributes.isEmpty()) {
            String message =
                    """
                    Both the attributes %s and the option '%s' are set. Name the attributes in the expression, and \
                    remove the list.""";
            throw new IllegalConfigurationException(
                    message.formatted(Excerpt.of(attributes.toString()), PROJECTION_EXPRESSION.key()));
        }
        if (expression.isEmpty() && !names.isEmpty()) {
            throw new IllegalConfigurationException(
                    "Option '%s' defines %s, and no expression uses them. Set '%s' too, or remove them."
                            .formatted(EXPRESSION_ATTRIBUTE_NAMES.key(), names.keySet(), PROJECTION_EXPRESSION.key()));
        }
        return expression.isPresent() ? parse(expression.get(), names) : of(attributes);
    }

    private static Projection parse(String expression, Map<String, String> names) {
        try {
            return Projection.parse(expression, names);
        } catch (InvalidProjectionException invalid) {
            throw new IllegalConfigurationException("Option '%s' has the value '%s'. %s."
                    .formatted(PROJECTION_EXPRESSION.key(), Excerpt.of(expression), invalid.getMessage()));
        }
    }

    private static Projection of(List<String> attributes) {
        try {
            return attributes.isEmpty() ? Projection.wholeItem() : Projection.ofAttributes(attributes);
        } catch (InvalidProjectionException invalid) {
            throw new IllegalConfigurationException("The attributes to replicate are %s. %s."
                    .formatted(Excerpt.of(attributes.toString()), invalid.getMessage()));
        }
    }
}
