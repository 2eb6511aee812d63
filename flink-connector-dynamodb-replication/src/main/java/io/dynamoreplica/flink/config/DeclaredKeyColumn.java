/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A column of the key as the user declared it, to be compared with the key of the table before
 * anything is read.
 *
 * @param name of the column, and of the key attribute
 * @param type as the user declared it, for messages
 * @param accepts which of DynamoDB's types of key attributes convert to it, by their names: S, N, B
 */
@Internal
public record DeclaredKeyColumn(String name, String type, List<String> accepts) implements Serializable {

    public DeclaredKeyColumn {
        accepts = List.copyOf(accepts);
    }
}
