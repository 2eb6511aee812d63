/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.regex.Pattern;
import org.apache.flink.configuration.IllegalConfigurationException;

/** DynamoDB's rules for names of tables. */
final class TableNames {

    /** From the API reference, CreateTable: 3 to 255 letters, digits, '_', '-' and '.'. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[a-zA-Z0-9_.-]{3,255}");

    private TableNames() {}

    /** Returns whether an ARN is that of a table with this name. */
    static boolean isArnOf(String arn, String name) {
        return arn.endsWith(":table/" + name);
    }

    /**
     * @throws IllegalConfigurationException if this can be neither the name nor the ARN of a table
     */
    static void check(String name) {
        if (!NAME.matcher(name).matches() && !ARN.matcher(name).matches()) {
            String message =
                    """
                    '%s' cannot be a DynamoDB table. Allowed is a name of 3 to 255 letters, digits, '_', '-' and \
                    '.', or the ARN of a table.""";
            throw new IllegalConfigurationException(message.formatted(name));
        }
    }
}
