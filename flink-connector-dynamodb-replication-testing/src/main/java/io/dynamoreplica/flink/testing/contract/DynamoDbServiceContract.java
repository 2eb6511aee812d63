/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import io.dynamoreplica.flink.service.DynamoDbService;

/**
 * The contract of every {@link DynamoDbService}: the one over the AWS SDK and the in-memory fake. A test class implements this and gives the fixture:
 *
 * <pre>{@code
 * class FakeDynamoDbServiceTest implements DynamoDbServiceContract {
 *     public DynamoDbServiceFixture fixture() { ... }
 * }
 * }</pre>
 *
 * <p>Each test makes tables of its own names, so that one service can serve them all.
 */
public interface DynamoDbServiceContract extends TableContract, ScanContract, ShardContract, ItemContract {}
