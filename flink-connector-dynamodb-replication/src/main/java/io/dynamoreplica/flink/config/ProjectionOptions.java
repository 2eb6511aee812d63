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

/** Reads which parts of an item to replicate. */
final class ProjectionOptions {

    private ProjectionOptions() {}

    /**
     * @param attributes to replicate in place of an expression; empty if none are named
     * @throws IllegalConfigurationException naming the option, what is wrong, and what to do
     */
    static Projection parse(OptionReader reader, List<String> attributes) {
        Optional<String> expression = reader.config().getOptional(PROJECTION_EXPRESSION);
        Map<String, String> names = ExpressionAttributeNames.parse(
                reader.config().getOptional(EXPRESSION_ATTRIBUTE_NAMES).orElse("{}"));
        if (expression.isPresent() && !attributes.isEmpty()) {
            throw new IllegalConfigurationException("Both attributes "
                    + Excerpt.of(attributes.toString())
                    + " and '"
                    + PROJECTION_EXPRESSION.key()
                    + "' are given. Name the attributes in the expression and leave the"
                    + " list out.");
        }
        if (expression.isEmpty() && !names.isEmpty()) {
            throw new IllegalConfigurationException("Option '"
                    + EXPRESSION_ATTRIBUTE_NAMES.key()
                    + "' defines "
                    + names.keySet()
                    + ", and no expression uses them. Set '"
                    + PROJECTION_EXPRESSION.key()
                    + "' too, or remove them.");
        }
        return expression.isPresent() ? parse(expression.get(), names) : of(attributes);
    }

    private static Projection parse(String expression, Map<String, String> names) {
        try {
            return Projection.parse(expression, names);
        } catch (InvalidProjectionException invalid) {
            throw new IllegalConfigurationException("Option '"
                    + PROJECTION_EXPRESSION.key()
                    + "' has the value '"
                    + Excerpt.of(expression)
                    + "'. "
                    + invalid.getMessage()
                    + ".");
        }
    }

    private static Projection of(List<String> attributes) {
        try {
            return attributes.isEmpty() ? Projection.wholeItem() : Projection.ofAttributes(attributes);
        } catch (InvalidProjectionException invalid) {
            throw new IllegalConfigurationException("The attributes to replicate are "
                    + Excerpt.of(attributes.toString())
                    + ". "
                    + invalid.getMessage()
                    + ".");
        }
    }
}
