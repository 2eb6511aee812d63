/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Tests of whole jobs on a MiniCluster, against DynamoDB Local or the fake. The source runs as it does for a user.
 * Each package below has the jobs for one subject. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it;
