/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The contract of the port {@code DynamoDbService}, as tests that each implementation inherits: the
 * adapter over DynamoDB Local, and the fake, with and without HTTP in between. It exists so that
 * the fake behaves as the real service does.
 *
 * <p>For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.testing.contract;
