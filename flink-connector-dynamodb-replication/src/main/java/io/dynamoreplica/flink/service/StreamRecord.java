/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.service;

import io.dynamoreplica.flink.change.ChangeEvent.Images;
import io.dynamoreplica.flink.change.Operation;
import java.time.Instant;
import org.apache.flink.annotation.Internal;

/**
 * A record of a stream.
 *
 * @param created ApproximateCreationDateTime: rounded down to the second
 * @param deletedByTtl whether the user identity of the record is DynamoDB itself
 */
@Internal
public record StreamRecord(
        String sequenceNumber, Operation operation, Images images, Instant created, boolean deletedByTtl) {}
