/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.util.regex.Pattern;
import org.apache.flink.configuration.IllegalConfigurationException;

/** What DynamoDB allows as the name of a table. */
final class TableNames {

    /** From the API reference, CreateTable: 3 to 255 letters, digits, '_', '-' and '.'. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]{12}:table/[a-zA-Z0-9_.-]{3,255}");

    private TableNames() {}

    /** Whether the first is an ARN of a table that has the second as its name. */
    static boolean isArnOf(String arn, String name) {
        return arn.endsWith(":table/" + name);
    }

    /**
     * @throws IllegalConfigurationException if no table can have the name
     */
    static void check(String name) {
        if (!NAME.matcher(name).matches() && !ARN.matcher(name).matches()) {
            throw new IllegalConfigurationException("'"
                    + name
                    + "' cannot be a DynamoDB table. Allowed is a name of 3 to 255 letters,"
                    + " digits, '_', '-' and '.', or a table's ARN.");
        }
    }
}
