/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.dynamoreplica.flink.testing.contract;

import io.dynamoreplica.flink.service.DynamoDbService;

/**
 * The contract of every {@link DynamoDbService}: of the adapter over the AWS SDK and of the
 * in-memory fake. A test class implements this interface and returns its fixture:
 *
 * <pre>{@code
 * class FakeDynamoDbServiceTest implements DynamoDbServiceContract {
 *     public DynamoDbServiceFixture fixture() { ... }
 * }
 * }</pre>
 *
 * <p>Each test creates tables with names of its own, so that one service can serve all tests.
 */
public interface DynamoDbServiceContract extends TableContract, ScanContract, ShardContract, ItemContract {}
