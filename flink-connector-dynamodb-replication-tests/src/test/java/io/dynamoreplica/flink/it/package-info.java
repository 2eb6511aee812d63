/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Whole jobs on a MiniCluster, over DynamoDB Local or over the fake: the source as a user runs it.
 * Each package below has the jobs about one subject. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it;
