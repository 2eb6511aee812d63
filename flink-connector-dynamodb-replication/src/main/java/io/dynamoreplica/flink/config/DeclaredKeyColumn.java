/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * A column of the primary key that the user declared in SQL. It is compared with the key of the
 * table before anything is read.
 *
 * @param name the name of the column, which is the name of the key attribute
 * @param type the declared type, for messages
 * @param accepts the DynamoDB types of key attributes that convert to the column: S, N, B
 */
@Internal
public record DeclaredKeyColumn(String name, String type, List<String> accepts) implements Serializable {

    public DeclaredKeyColumn {
        accepts = List.copyOf(accepts);
    }
}
