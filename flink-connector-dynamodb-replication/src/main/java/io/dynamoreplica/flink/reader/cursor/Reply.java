/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.reader.cursor;

import io.dynamoreplica.flink.service.Answer;
import io.dynamoreplica.flink.service.ScanPage;
import io.dynamoreplica.flink.service.ShardPage;
import io.dynamoreplica.flink.service.TableDescription;
import org.apache.flink.annotation.Internal;

/** The answer to a {@link Call}, on its way back to the cursor that asked for it. */
@Internal
public sealed interface Reply {

    record OfScan(Answer<ScanPage> answer) implements Reply {}

    record OfDescribeTable(Answer<TableDescription> answer) implements Reply {}

    record OfGetShardIterator(Answer<String> answer) implements Reply {}

    record OfGetRecords(Answer<ShardPage> answer) implements Reply {}
}
