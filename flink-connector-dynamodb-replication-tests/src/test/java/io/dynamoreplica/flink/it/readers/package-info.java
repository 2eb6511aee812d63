/*
 * Licensed under the Apache License, Version 2.0; see the file LICENSE.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Tests of jobs with several readers: how shards are assigned to readers, how event time advances, and how a job is
 * rescaled. For the words, see docs/glossary.md.
 */
package io.dynamoreplica.flink.it.readers;
