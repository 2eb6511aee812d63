/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Jobs that tests run on a MiniCluster: a source, an exchange by key, and a replica that the test
 * can look at.
 */
package io.dynamoreplica.flink.testing.job;
